import { isInFlight, type Ledger } from '../actions/claims.ts';
import type { Action } from '../domain/action.ts';
import { type Call, endOf } from '../domain/call.ts';
import { endReasonOf } from '../domain/end-reason.ts';
import { gapsOf } from '../domain/gaps.ts';
import type { Operation } from '../domain/operation.ts';
import { outcomeOf } from '../domain/outcome.ts';
import { explain } from '../domain/reason.ts';
import { participantsOf } from '../domain/stays.ts';
import type { RedialInput } from '../flows/dial-again.ts';
import { stateName } from '../flows/state-name.ts';
import type { CallHead } from '../store/call-head.ts';
import type { JournalEntry } from '../store/journal-row.ts';
import { requestView } from './request-view.ts';

/** A call in a list. */
export function callSummary(call: Call) {
  return {
    callKey: call.callKey,
    dialect: call.dialect,
    state: call.state,
    ...acsIds(call),
    conversationId: call.conversation?.id ?? null,
    createdAt: call.createdAt,
    connectedAt: call.connectedAt,
    endedAt: endOf(call),
    inferred: call.endedAt === null && call.lostAt !== null,
    outcome: outcomeOf(call),
  };
}

/** All that is known about a call, and what is being done on it, as it is shown to a client. */
export function callView({ call, deliveries }: Pick<CallHead, 'call' | 'deliveries'>) {
  return {
    ...callSummary(call),
    connectingAt: call.connectingAt,
    disconnectingAt: call.disconnectingAt,
    lastEventAt: call.lastEventAt,
    reason: endReasonOf(call),
    request: requestView(call),
    participants: participantsOf(call),
    tones: call.tones,
    operations: call.operations.map(operationView),
    recordings: call.recordings,
    gaps: gapsOf(call),
    flow: flowView(call),
    actions: call.actions.map(action => actionView(action, { call, deliveries })),
    timers: call.timers
      .filter(({ state }) => state === 'armed')
      .map(({ timerId, generation, dueAt }) => ({ timerId, generation, dueAt })),
  };
}

/** An event as the journal shows it: what is its own first, then what it says. */
export function journalView({ number, event }: JournalEntry) {
  const { type, at, receivedAt, fingerprint, dialect, wireId, inferred, ...data } = event;
  const mark: Pick<typeof event, 'inferred'> = inferred === undefined ? {} : { inferred };
  const ids = acsIds({ dialect, wireId });
  return { number, type, at, receivedAt, fingerprint, dialect, ...ids, ...mark, data };
}

function flowView({ flow }: Call) {
  if (flow === null) return null;
  const { name, version, status, snapshot, result, error, input } = flow;
  const { attempt = 1, previousCallKey = null } = input as RedialInput;
  const state = snapshot === null ? null : stateName(snapshot.value);
  return { name, version, status, state, result, error, attempt, previousCallKey };
}

/** The 2021-04 preview calls a call leg what all others call a call connection. */
function acsIds({ dialect, wireId }: Pick<Call, 'dialect' | 'wireId'>) {
  const isLeg = dialect === 'preview-2021-04';
  return { callLegId: isLeg ? wireId : null, callConnectionId: isLeg ? null : wireId };
}

const WAITS_FOR_LINE = 'it waits for a line of the caller id: as many calls are out from it as may be';

/** A request that is on its way shows as `sending`, even of an action that was skipped meanwhile. */
function actionView(action: Action, ledger: Ledger) {
  const { actionId, kind, reason, plannedAt, ids } = action;
  const known: Pick<Action, 'ids'> = ids === undefined ? {} : { ids };
  const state = isInFlight(ledger, action) ? ('sending' as const) : action.state;
  const waiting = state === 'planned' ? waitOf(action, ledger) : { reason, nextTryAt: null };
  const nextCallKey = kind === 'dialAgain' ? String(action.arguments['callKey']) : null;
  return { id: actionId, kind, state, ...waiting, plannedAt, nextCallKey, ...known };
}

/** Why a planned action waits, where it does not just wait for its turn, and when it is tried next. */
function waitOf({ actionId, notBefore }: Action, { deliveries }: Ledger) {
  const delivery = deliveries[actionId];
  if (delivery === undefined) return { reason: null, nextTryAt: notBefore ?? null };
  // It goes out when it is told of a line, whatever time is noted for the case that it never is.
  if (delivery.waitsForLine === true) return { reason: WAITS_FOR_LINE, nextTryAt: null };
  const { reason, attempts } = delivery;
  const tried = attempts === 1 ? 'tried once' : `tried ${attempts} times`;
  return { reason: reason === undefined ? null : `${tried}: ${reason}`, nextTryAt: delivery.notBefore };
}

function operationView({ participants, ...operation }: Operation) {
  return {
    ...operation,
    reason: explain(operation),
    participants: participants.map(participant => ({ ...participant, reason: explain(participant) })),
  };
}
