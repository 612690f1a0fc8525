import { supportOf } from '../actions/dialect-support.ts';
import { toDraft } from '../actions/vocabulary/action-draft.ts';
import type { ActionSpec } from '../actions/vocabulary/action-schema.ts';
import { completeAction } from '../actions/vocabulary/complete-action.ts';
import { eventTimeOf } from '../clock.ts';
import { canonicalJson } from '../dialects/canonical-json.ts';
import {
  type ActionDraft,
  type ActionKind,
  endsCall,
  isOnConversation,
  isPlacing,
  turnsAway,
} from '../domain/action.ts';
import { type Call, endOf } from '../domain/call.ts';
import { endReasonOf } from '../domain/end-reason.ts';
import { standsForAction } from '../domain/request-of.ts';
import { hash22 } from '../ids/hash22.ts';
import { newId } from '../ids/new-id.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';
import { ownEvent } from './overdue.ts';
import {
  differentRequest,
  invalidRequest,
  misconfigured,
  type Requested,
  type RequestPorts,
} from './request-call.ts';

/** An action that is asked for on a call. */
export interface ActionRequestOnCall {
  readonly action: ActionSpec;
  /** The same key on the same call stands for the same action, as long as the call is kept. */
  readonly idempotencyKey?: string | undefined;
}

/** What a call has to be connected for. */
const ON_CONNECTED: ReadonlySet<ActionKind> = new Set([
  'playAudio',
  'playText',
  'playSsml',
  'recognize',
  'cancelMedia',
  'holdParticipant',
  'unholdParticipant',
  'startContinuousDtmf',
  'stopContinuousDtmf',
  'sendDtmf',
  'addParticipants',
  'cancelAddParticipant',
  'removeParticipant',
  'muteParticipant',
  'moveParticipants',
  'transferCall',
  'startRecording',
  'startTranscription',
  'stopTranscription',
]);

/**
 * Asks for an action on a call. When it resolves, the action is planned, and was sent where nothing before it waits.
 * Nothing is planned or sent for one that the call's state or dialect cannot take.
 *
 * @throws StorageError when storage failed: with an Idempotency-Key, asking again is safe.
 */
export async function requestAction(
  ports: RequestPorts,
  call: Call,
  { action, idempotencyKey }: ActionRequestOnCall,
): Promise<Requested> {
  const { callKey, dialect } = call;
  const foreign = noActionOnCall(action.kind);
  if (foreign !== undefined) return { ok: false, problem: foreign };
  const actionId = hash22(`${callKey}\nasked\n${idempotencyKey ?? newId()}`);
  const completed = completeAction(action, ports.callerDefaults, { dialect });
  if (!completed.ok) return { ok: false, problem: invalidRequest(completed.faults) };
  const draft = toDraft(completed.action);

  const known = call.actions.find(other => other.actionId === actionId);
  if (known !== undefined && !isSame(known, draft)) return { ok: false, problem: differentRequest() };
  const wrong = known === undefined ? cannotTake(call, action) : undefined;
  if (wrong !== undefined) return { ok: false, problem: wrong };
  if (ports.missingSetting !== undefined) return misconfigured(ports.missingSetting);

  const now = eventTimeOf(ports.clock.now());
  const event = ownEvent(dialect, now, `asked:${actionId}`, {
    type: 'action.requested',
    actionId,
    action: draft,
  });
  const { telemetry = noTelemetry } = ports;
  const { head } = await telemetry.inSpan({ name: 'request action', kind: 'server', callKey }, () =>
    ports.worker.record(callKey, { events: [event] }),
  );
  const recorded = head?.call.actions.find(other => other.actionId === actionId);
  // Of two requests with one key that meet, the one that was recorded counts.
  if (recorded !== undefined && !isSame(recorded, draft)) return { ok: false, problem: differentRequest() };
  return { ok: true, callKey, actionId };
}

function isSame(a: ActionDraft, b: ActionDraft): boolean {
  return a.kind === b.kind && canonicalJson(a.arguments) === canonicalJson(b.arguments);
}

/** Why the call cannot take the action; undefined when it can. Pure. */
export function cannotTake(call: Call, { kind, ...members }: Pick<ActionSpec, 'kind'>): Problem | undefined {
  const foreign = noActionOnCall(kind);
  if (foreign !== undefined) return foreign;
  const support = supportOf(call.dialect, kind, members);
  if (!support.ok) return problem('not-supported', support.reason);
  if (standsForAction(call)) {
    return problem(
      'call-ended',
      'This key stands for one action on a conversation, which is no call of ours.',
    );
  }
  const endedAt = endOf(call);
  if (endedAt !== null)
    return problem('call-ended', `It ended at ${endedAt}. ${endReasonOf(call)?.text ?? ''}`.trim());
  if (isHungUp(call))
    return problem('call-ended', 'The call is being hung up, which skips whatever is asked for now.');
  if (ON_CONNECTED.has(kind) && call.state !== 'connected') {
    return problem(
      'call-not-connected',
      `The call is ${call.state}: ${kind} is for a call that is connected.`,
    );
  }
  return undefined;
}

function noActionOnCall(kind: ActionKind): Problem | undefined {
  const comesIn = turnsAway({ kind }) || kind === 'answerCall';
  if (!comesIn && !isPlacing({ kind }) && !isOnConversation({ kind })) return undefined;
  const why = comesIn
    ? 'INCOMING_CALL_ROUTES says what is done about calls that come in'
    : 'it has a route of its own';
  return problem('invalid-request', `/kind: ${kind} is no action on a call: ${why}.`, {
    errors: [{ pointer: '/kind', detail: 'expected an action on this call, such as hangUp' }],
  });
}

function isHungUp({ actions }: Call): boolean {
  return actions.some(action => endsCall(action) && action.state !== 'failed' && action.state !== 'skipped');
}
