import { addMilliseconds } from '../clock.ts';
import { addActions, isPlacing, plannedAction } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { armTimer, endTimer, type Timer } from '../domain/timer.ts';
import { hash22 } from '../ids/hash22.ts';
import type { Decision, PlannedDraft } from './decider.ts';
import { REDIAL, redialOf } from './dial-again.ts';

/** Where a decision comes from: what its actions' ids are made of, and the event whose receipt its timers run from. */
interface Origin {
  readonly event: CallEvent;
  readonly version: string;
  /** The same for every delivery and every order of what led to the decision. */
  readonly trigger: string;
}

/** A call with what was decided: its actions planned, each once, and its timers armed. */
export function withDecision(call: Call, decision: Decision, origin: Origin): Call {
  const drafts = decision.actions ?? [];
  const planned = drafts.map((draft, index) => {
    const actionId = hash22([call.callKey, origin.version, origin.trigger, String(index)].join('\n'));
    return plannedDraft(call, draft, { actionId, event: origin.event });
  });
  const redial = planned.find(({ kind }) => kind === 'dialAgain');
  const timers = withTimers(call.timers, decision, origin.event);
  return {
    ...call,
    actions: addActions(call.actions, planned),
    timers: redial?.notBefore === undefined ? timers : armTimer(timers, REDIAL, redial.notBefore),
    flow: withNames(call, decision, planned),
  };
}

function plannedDraft(
  call: Call,
  draft: PlannedDraft,
  { actionId, event }: { readonly actionId: string; readonly event: CallEvent },
) {
  if (draft.kind === 'dialAgain') return redialOf(call, draft, { actionId, event });
  return plannedAction({ actionId, action: withCallerId(call, draft), at: event.at });
}

/** Telephones are invited under the number that the call was placed under, unless the flow names another. */
function withCallerId(call: Call, draft: PlannedDraft): PlannedDraft {
  if (draft.kind !== 'addParticipants' || draft.arguments['callerId'] !== undefined) return draft;
  const callerId = call.actions.find(isPlacing)?.arguments['callerId'];
  return callerId === undefined ? draft : { ...draft, arguments: { ...draft.arguments, callerId } };
}

/** Timers run from the receipt of the event that led to them: a time by our own clock, recorded in the journal. */
function withTimers(
  timers: readonly Timer[],
  { arm = [], cancel = [] }: Decision,
  event: CallEvent,
): readonly Timer[] {
  let changed = timers;
  for (const timerId of cancel) changed = endTimer(changed, timerId, 'cancelled');
  for (const { timerId, afterMs } of arm) {
    changed = armTimer(changed, timerId, addMilliseconds(event.receivedAt, afterMs));
  }
  return changed;
}

function withNames(
  { flow }: Call,
  decision: Decision,
  planned: readonly { readonly actionId: string }[],
): Call['flow'] {
  if (flow === null) return null;
  const named = (decision.actions ?? []).flatMap(({ name }, index) => {
    const actionId = planned[index]?.actionId;
    return name === undefined || actionId === undefined ? [] : [[actionId, name] as const];
  });
  const names = named.length === 0 ? flow.names : { ...flow.names, ...Object.fromEntries(named) };
  return { ...flow, ...decision.flow, names };
}
