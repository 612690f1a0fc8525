import { type Action, endsCall, isPlacing, outlivesCall, skipPlanned } from '../domain/action.ts';
import { type Call, endOf } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { reduceCall } from '../domain/reduce-call.ts';
import type { Signal } from '../domain/signal.ts';
import { endTimer } from '../domain/timer.ts';
import { SETTLE } from './causal-order.ts';
import { withConversationAction } from './conversation-action.ts';
import type { Deciders } from './decider.ts';
import { REDIAL } from './dial-again.ts';
import { withPlacing } from './placing.ts';
import { withDecision } from './plan-decision.ts';
import { startedFlow, withSignal } from './run-flow.ts';
import { withToneListening } from './tone-listening.ts';
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
 * whether that is on its way. The end of the call skips all that is part of it: after it nothing is acted on, and what
 * would have been done is recorded.
 *
 * @throws MissingFlowError for a call whose flow is not deployed.
 */
export function applyEvent(
  call: Call | undefined,
  event: CallEvent,
  context: { readonly callKey: string } & Deciders,
): Applied {
  const { call: reduced, signals: reducedSignals } = reduceCall(call, event, context.callKey);
  let decided = withTurnedAway(withConversationAction(withPlacing(reduced, event), event), event);
  const endsHere = endOf(decided) !== null && endOf(reduced) === null;
  const signals = endsHere
    ? [...reducedSignals, { type: 'disconnected' as const, at: event.at }]
    : reducedSignals;
  decided = startedFlow(decided, event, context);
  for (const signal of signals) {
    decided = withToneListening(decided, { signal, event });
    decided =
      decided.flow === null
        ? decidedWithout(decided, { signal, event, context })
        : withSignal(decided, { signal, event, context });
  }
  const ordered = { ...decided, actions: skipBeforeHangUp(decided.actions) };
  return { call: endOf(ordered) === null ? ordered : over(ordered), signals };
}

function decidedWithout(
  call: Call,
  {
    signal,
    event,
    context: { decider },
  }: { readonly signal: Signal; readonly event: CallEvent; readonly context: Deciders },
): Call {
  const decision = decider.decide(call, signal);
  return withDecision(call, decision, { event, version: decider.version, trigger: triggerOf(signal) });
}

function skipBeforeHangUp(actions: readonly Action[]): readonly Action[] {
  const hangsUp = actions.some(
    action => endsCall(action) && action.state !== 'failed' && action.state !== 'skipped',
  );
  const stays = (action: Action) => endsCall(action) || isPlacing(action) || outlivesCall(action);
  return hangsUp ? skipPlanned(actions, 'the line is hung up', stays) : actions;
}

/** Timers that have their time after the end. */
const AFTER_THE_END: readonly string[] = [SETTLE, REDIAL];

function over(call: Call): Call {
  const armed = call.timers.filter(
    ({ state, timerId }) => state === 'armed' && !AFTER_THE_END.includes(timerId),
  );
  let { timers } = call;
  for (const { timerId } of armed) timers = endTimer(timers, timerId, 'cancelled');
  return { ...call, actions: skipPlanned(call.actions, 'the call is over', outlivesCall), timers };
}
