import { type ActionKind, endsCall, isPlacing } from '../../domain/action.ts';
import { explain } from '../../domain/reason.ts';
import type { AcsAnswer } from '../acs/acs-transport.ts';
import {
  type AcsError,
  describeError,
  errorIn,
  idOf,
  memberOf,
  parseJson,
  retryAfterOf,
} from '../acs/read-answer.ts';
import { GA_POLICIES } from '../policy.ts';
import type { ActionRequest, ActionResult } from '../provider.ts';

/** What ACS says of a call that is over, or was never there. */
const GONE: ReadonlySet<number | null> = new Set([8522, 8528, 8543]);

/** What it says when something else on the call is in the way. */
const IN_THE_WAY: ReadonlySet<number | null> = new Set([8500, 8519, 8553, 8559, 8571, 8583, 8607]);

/** Whether ACS says by an error that it does not know the call (any more). */
export function isGone(status: number, { code }: AcsError): boolean {
  return status === 404 || GONE.has(subcodeOf(code));
}

/**
 * What an answer of GA says of an action. Pure.
 *
 * A 4xx proves that this send was not carried out; what that means for the sends before it is known to whoever keeps
 * them. So a repetition that comes too late (412) or too soon (409) is to be tried later: a first send goes out as a
 * request of its own then, and a repetition stays the one that it was, until its window ends. Of what is in the way of
 * an action one more try is made. A 5xx and 408 prove nothing.
 *
 * @param nowMs dates of Retry-After are measured from it.
 */
export function outcomeOf(
  { kind, generation }: Pick<ActionRequest, 'kind' | 'generation'>,
  answer: AcsAnswer,
  nowMs: number,
): ActionResult {
  if (answer.kind !== 'answer')
    return { kind: answer.kind === 'notSent' ? 'notNow' : 'unclear', reason: answer.reason };
  const { status } = answer;
  if (status >= 200 && status < 300) return done(kind, answer.text);
  const error = errorIn(answer.text);
  const said = describeError(status, error);
  const retryAfterMs = retryAfterOf(answer.header('retry-after'), nowMs);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) return { kind: 'notNow', reason: `ACS throttles: ${said}`, ...wait };
  if (status >= 500 || status === 408) {
    const reason = `ACS failed, and may have carried it out all the same: ${said}`;
    return { kind: 'unclear', reason, ...wait };
  }
  // Whoever asks for the end of a call that is over has what he asked for.
  if (endsCall({ kind }) && isGone(status, error)) return { kind: 'done' };
  if (mayBeTriedAgain({ kind, generation }, status, error))
    return { kind: 'notNow', reason: `ACS did not carry it out now: ${said}`, ...wait };
  return { kind: 'refused', reason: `${whyRefused(status, error)}: ${said}` };
}

function mayBeTriedAgain(
  { kind, generation }: Pick<ActionRequest, 'kind' | 'generation'>,
  status: number,
  { code }: AcsError,
): boolean {
  const isInTheWay = IN_THE_WAY.has(subcodeOf(code));
  if (GA_POLICIES[kind] === 'repeatable' && (status === 409 || (status === 412 && !isInTheWay))) return true;
  return (isInTheWay || status === 409) && generation === 1;
}

function done(kind: ActionKind, text: string): ActionResult {
  const body = parseJson(text);
  if (isPlacing({ kind })) {
    const wireId = idOf(memberOf(body, 'callConnectionId'));
    const source = ourselvesIn(kind, body);
    return {
      kind: 'done',
      ...(wireId !== undefined && { wireId }),
      ...(source !== undefined && { ids: { source } }),
    };
  }
  const recordingId = kind === 'startRecording' ? idOf(memberOf(body, 'recordingId'), 1_024) : undefined;
  return recordingId === undefined ? { kind: 'done' } : { kind: 'done', ids: { recordingId } };
}

/** Who we are on the call: who called, or who answered where somebody else called. */
function ourselvesIn(kind: ActionKind, body: unknown): string | undefined {
  const ourselves = memberOf(body, kind === 'answerCall' ? 'answeredBy' : 'source');
  return idOf(memberOf(ourselves, 'rawId')) ?? idOf(memberOf(ourselves, 'id'));
}

/** The id of the invitation that an answer tells of; undefined where it tells none. */
export function invitationIdIn(answer: AcsAnswer): string | undefined {
  return answer.kind === 'answer' ? idOf(memberOf(parseJson(answer.text), 'invitationId'), 1_024) : undefined;
}

function whyRefused(status: number, { code }: AcsError): string {
  if (status === 401)
    return 'ACS does not accept the credential: see the setting ACS_CONNECTION_STRING, or ACS_ENDPOINT and the role of the app, and the clock';
  const subcode = subcodeOf(code);
  const text = subcode === null ? undefined : explain({ code: status, subcode, message: null })?.text;
  if (text !== undefined) return `ACS refused it. ${text.replace(/\.$/, '')}`;
  if (status === 403)
    return 'ACS does not allow it: see the setting CALLER_ID, which must belong to the resource';
  return status === 404 ? 'ACS does not know the call, or whom it is about' : 'ACS refused it';
}

/** The subcode that an error of ACS has for its code. */
function subcodeOf(code: string | undefined): number | null {
  return code !== undefined && /^\d{1,9}$/.test(code) ? Number(code) : null;
}
