import { supportOf } from '../actions/dialect-support.ts';
import { toDraft } from '../actions/vocabulary/action-draft.ts';
import type { ActionSpec } from '../actions/vocabulary/action-schema.ts';
import { type CallerDefaults, completeAction } from '../actions/vocabulary/complete-action.ts';
import { type Clock, eventTimeOf } from '../clock.ts';
import { canonicalJson } from '../dialects/canonical-json.ts';
import { isOnConversation } from '../domain/action.ts';
import type { DialectName, EventPayload } from '../domain/call-event.ts';
import type { Flow } from '../flows/flow.ts';
import { type FlowRequest, flowStartOf } from '../flows/flow-input.ts';
import { hash22 } from '../ids/hash22.ts';
import { requestedActionId } from '../ids/requested-action-id.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Idempotency } from '../store/idempotency.ts';
import { noTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import type { CallWorker } from './call-worker.ts';
import { ownEvent } from './overdue.ts';

export interface RequestPorts {
  readonly worker: CallWorker;
  readonly idempotency: Idempotency;
  readonly clock: Clock;
  readonly callerDefaults: CallerDefaults;
  /** The dialect of calls where a request names none. */
  readonly dialect: DialectName;
  /** The flows that can run calls. */
  flows(): Promise<readonly Flow[]>;
  /** The setting without which nothing can be asked of ACS, with an example; undefined where none is missing. */
  readonly missingSetting: string | undefined;
  /** A key for a new call. */
  newCallKey(): string;
  readonly telemetry?: Telemetry | undefined;
}

/** A call that is to be placed or joined, or an action on a conversation that we are not in. */
export interface CallRequest {
  readonly action: ActionSpec;
  /** The flow that is to run the call. */
  readonly flow?: FlowRequest | undefined;
  /** The dialect of new calls unless told. */
  readonly dialect?: DialectName | undefined;
  /** The Idempotency-Key that came with it. */
  readonly key?: string | undefined;
  /** What is asked for: the same key means another thing elsewhere. */
  readonly scope: string;
}

/** What was asked for, and where to look how it goes. */
export type Requested =
  | { readonly ok: true; readonly callKey: string; readonly actionId: string }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Begins a call of ours. When it resolves, the request is recorded, and ACS was asked, or will be. The same request
 * with the same Idempotency-Key begins no other call, and has the same answer.
 *
 * @throws StorageError when storage failed: with an Idempotency-Key, asking again is safe.
 */
export async function requestCall(ports: RequestPorts, request: CallRequest): Promise<Requested> {
  const { action, dialect = ports.dialect } = request;
  const support = supportOf(dialect, action.kind, action);
  if (!support.ok) return { ok: false, problem: problem('not-supported', support.reason) };
  const completed = completeAction(action, ports.callerDefaults, { dialect });
  if (!completed.ok) return { ok: false, problem: invalidRequest(completed.faults) };
  const flows = request.flow === undefined ? [] : await ports.flows();
  const started = flowStartOf(flows, request.flow, dialect);
  if (!started.ok) return { ok: false, problem: invalidRequest(started.faults) };
  if (ports.missingSetting !== undefined) return misconfigured(ports.missingSetting);

  const now = eventTimeOf(ports.clock.now());
  const callKey = await callKeyFor(ports, request);
  if (callKey === undefined) return { ok: false, problem: differentRequest() };
  const actionId = requestedActionId(callKey);
  const draft = toDraft(completed.action);
  const payload: EventPayload = isOnConversation(action)
    ? { type: 'action.requested', actionId, action: draft }
    : { type: 'call.requested', actionId, action: draft, flow: started.flow };
  const events = [ownEvent(dialect, now, 'requested', payload)];
  const { telemetry = noTelemetry } = ports;
  await telemetry.inSpan({ name: 'request call', kind: 'server', callKey }, () =>
    ports.worker.record(callKey, { events }),
  );
  return { ok: true, callKey, actionId };
}

async function callKeyFor(ports: RequestPorts, request: CallRequest): Promise<string | undefined> {
  const callKey = ports.newCallKey();
  const { action, flow, dialect, key, scope } = request;
  if (key === undefined) return callKey;
  const remembered = await ports.idempotency.remember({
    key,
    scope,
    callKey,
    requestHash: hash22(canonicalJson({ action, flow, dialect })),
    now: eventTimeOf(ports.clock.now()),
  });
  return remembered.kind === 'mine' ? remembered.callKey : undefined;
}

/** The request's members are not right. */
export function invalidRequest(faults: NonNullable<Problem['errors']>): Problem {
  const first = faults[0];
  const detail =
    first === undefined
      ? 'Something in it is not right.'
      : `${[first.pointer, first.detail].filter(Boolean).join(': ')}.`;
  return problem('invalid-request', detail, { errors: faults });
}

/** Nothing can be asked of ACS while this setting is missing, so that nothing is recorded either. */
export function misconfigured(missingSetting: string): Requested {
  return { ok: false, problem: problem('misconfigured', `${missingSetting}.`) };
}

/** The Idempotency-Key was used for another request. */
export function differentRequest(): Problem {
  return problem('idempotency-key-reused', 'This Idempotency-Key came with another request before.', {
    errors: [{ pointer: '', detail: 'expected the same body as with the first request of this key' }],
  });
}
