import { addMilliseconds } from '../clock.ts';
import { type Action, addActions, endsCall, skipPlanned } from '../domain/action.ts';
import { type Call, endOf } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { reduceCall } from '../domain/reduce-call.ts';
import type { Signal } from '../domain/signal.ts';
import { armTimer, endTimer, type Timer } from '../domain/timer.ts';
import { hash22 } from '../ids/hash22.ts';
import type { Decider, Decision } from './decider.ts';
import { withPlacing } from './placing.ts';
import { triggerOf } from './trigger-of.ts';

/** A call after an event, with what was decided, and the signals that led to it. */
export interface Applied {
  readonly call: Call;
  readonly signals: readonly Signal[];
}

/**
 * Applies an event to a call and decides what is to be done. Pure: folding a journal with it gives the stored call.
 *
 * A planned hang-up skips whatever is still planned before it, and the end of the call skips all: after it nothing is
 * acted on, and what would have been done is recorded.
 */
export function applyEvent(
  call: Call | undefined,
  event: CallEvent,
  context: { readonly callKey: string; readonly decider: Decider },
): Applied {
  const { call: reduced, signals } = reduceCall(call, event, context.callKey);
  let decided = withPlacing(reduced, event);
  for (const signal of signals) decided = withDecision(decided, { signal, event, decider: context.decider });
  return { call: endOf(decided) === null ? decided : over(decided), signals };
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
  const planned = (decision.actions ?? []).map(
    (draft, index): Action => ({
      ...draft,
      actionId: hash22([call.callKey, decider.version, trigger, String(index)].join('\n')),
      plannedAt: event.at,
      state: 'planned',
      reason: null,
    }),
  );
  const actions = skipBeforeHangUp(addActions(call.actions, planned));
  return { ...call, actions, timers: withTimers(call.timers, decision, event) };
}

function skipBeforeHangUp(actions: readonly Action[]): readonly Action[] {
  const hangsUp = actions.some(
    action => endsCall(action) && action.state !== 'failed' && action.state !== 'skipped',
  );
  return hangsUp ? skipPlanned(actions, 'the line is hung up', endsCall) : actions;
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
