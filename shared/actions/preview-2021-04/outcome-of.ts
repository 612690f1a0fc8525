import type { ActionKind } from '../../domain/action.ts';
import type { AcsAnswer } from '../acs/acs-transport.ts';
import { describeError, errorIn, idOf, memberOf, parseJson, retryAfterOf } from '../acs/read-answer.ts';
import type { ActionResult } from '../provider.ts';

/**
 * What an answer of this preview says of an action. Pure.
 *
 * The status that each API is documented with differs from source to source (200, 201 and 202), so that any 2xx counts.
 * Only a 4xx and a connection that never stood prove that nothing was carried out; 408 does not, since gateways send
 * it for an answer that they missed, and neither does a 5xx, with or without Retry-After.
 *
 * @param nowMs dates of Retry-After are measured from it.
 */
export function outcomeOf(kind: ActionKind, answer: AcsAnswer, nowMs: number): ActionResult {
  if (answer.kind !== 'answer')
    return { kind: answer.kind === 'notSent' ? 'notNow' : 'unclear', reason: answer.reason };
  const { status } = answer;
  if (status >= 200 && status < 300) return done(kind, answer.text);
  const retryAfterMs = retryAfterOf(answer.header('retry-after'), nowMs);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  const said = describeError(status, errorIn(answer.text));
  if (status === 429) return { kind: 'notNow', reason: `ACS throttles: ${said}`, ...wait };
  if (status >= 500 || status === 408)
    return {
      kind: 'unclear',
      reason: `ACS failed, and may have carried it out all the same: ${said}`,
      ...wait,
    };
  // Whoever asks for the end of a call that is over has what he asked for.
  if (status === 404 && (kind === 'hangUp' || kind === 'endForAll')) return { kind: 'done' };
  return { kind: 'refused', reason: `${whyRefused(kind, status)}: ${said}` };
}

function done(kind: ActionKind, text: string): ActionResult {
  if (kind !== 'placeCall' && kind !== 'joinCall') return { kind: 'done' };
  const wireId = idOf(memberOf(parseJson(text), 'callLegId'));
  return wireId === undefined ? { kind: 'done' } : { kind: 'done', wireId };
}

function whyRefused(kind: ActionKind, status: number): string {
  if (status === 401)
    return 'ACS does not accept the credential: see the setting ACS_CONNECTION_STRING, or ACS_ENDPOINT and the role of the app, and the clock';
  if (status === 403)
    return 'ACS does not allow it: see the settings ACS_SOURCE_USER and CALLER_ID, which must belong to the resource';
  if (status === 404) return WHY_NOT_FOUND[kind] ?? 'the call is gone';
  return 'ACS refused it';
}

const WHY_NOT_FOUND: Partial<Readonly<Record<ActionKind, string>>> = {
  placeCall: 'ACS does not know this API: see the settings ACS_PREVIEW_API_VERSION and ACS_ENDPOINT',
  joinCall: 'ACS does not know the conversation, or it is over',
  addToConversation: 'ACS does not know the conversation, or it is over',
  removeFromConversation: 'ACS does not know the conversation or the participant',
  removeParticipant: 'the call is gone, or the participant is',
};
