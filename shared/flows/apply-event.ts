import { addMilliseconds } from '../clock.ts';
import {
  type Action,
  addActions,
  endsCall,
  isPlacing,
  plannedAction,
  skipPlanned,
} from '../domain/action.ts';
import { type Call, endOf } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { reduceCall } from '../domain/reduce-call.ts';
import type { Signal } from '../domain/signal.ts';
import { armTimer, endTimer, type Timer } from '../domain/timer.ts';
import { hash22 } from '../ids/hash22.ts';
import { withConversationAction } from './conversation-action.ts';
import type { Decider, Decision } from './decider.ts';
import { withPlacing } from './placing.ts';
import { triggerOf } from './trigger-of.ts';
import { withTurnedAway } from './turned-away.ts';

/** A call after an event, with what was decided, and the signals that led to it. */
export interface Applied {
  readonly call: Call;
  readonly signals: readonly Signal[];
}

/**
 * Applies an event to a call and decides what is to be done. Pure: folding a journal with it gives the stored call.
 *
 * A planned hang-up skips whatever is still planned before it, but for what brings the call about: only the ledger knows
 * whether that is on its way. The end of the call skips all: after it nothing is acted on, and what would have been done
 * is recorded.
 */
export function applyEvent(
  call: Call | undefined,
  event: CallEvent,
  context: { readonly callKey: string; readonly decider: Decider },
): Applied {
  const { call: reduced, signals: reducedSignals } = reduceCall(call, event, context.callKey);
  let decided = withTurnedAway(withConversationAction(withPlacing(reduced, event), event), event);
  const endsHere = endOf(decided) !== null && endOf(reduced) === null;
  const signals = endsHere
    ? [...reducedSignals, { type: 'disconnected' as const, at: event.at }]
    : reducedSignals;
  for (const signal of signals) decided = withDecision(decided, { signal, event, decider: context.decider });
  const ordered = { ...decided, actions: skipBeforeHangUp(decided.actions) };
  return { call: endOf(ordered) === null ? ordered : over(ordered), signals };
}

function withDecision(
  call: Call,
  {
    signal,
    event,
    decider,
  }: { readonly signal: Signal; readonly event: CallEvent; readonly decider: Decider },
): Call {
  const decision = decider.decide(call, signal);
  const trigger = triggerOf(signal);
  const planned = (decision.actions ?? []).map((action, index) => {
    const actionId = hash22([call.callKey, decider.version, trigger, String(index)].join('\n'));
    return plannedAction({ actionId, action, at: event.at });
  });
  const actions = addActions(call.actions, planned);
  return { ...call, actions, timers: withTimers(call.timers, decision, event) };
}

function skipBeforeHangUp(actions: readonly Action[]): readonly Action[] {
  const hangsUp = actions.some(
    action => endsCall(action) && action.state !== 'failed' && action.state !== 'skipped',
  );
  const stays = (action: Action) => endsCall(action) || isPlacing(action);
  return hangsUp ? skipPlanned(actions, 'the line is hung up', stays) : actions;
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

function over(call: Call): Call {
  const armed = call.timers.filter(({ state }) => state === 'armed');
  let { timers } = call;
  for (const { timerId } of armed) timers = endTimer(timers, timerId, 'cancelled');
  return { ...call, actions: skipPlanned(call.actions, 'the call is over'), timers };
}
