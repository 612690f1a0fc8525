import type { Call } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { type FlowState, newFlowState, type Waiting } from '../domain/flow-state.ts';
import type { Signal } from '../domain/signal.ts';
import { endTimer } from '../domain/timer.ts';
import { heldBack, nothingWaits, orderSignal, releaseOperations } from './causal-order.ts';
import type { Deciders, Decision, FlowDecider } from './decider.ts';
import { REDIAL } from './dial-again.ts';
import { flowDeciderOf } from './missing-flow.ts';
import { PLACING } from './placing.ts';
import { withDecision } from './plan-decision.ts';
import { triggerOf } from './trigger-of.ts';

interface Step {
  readonly event: CallEvent;
  readonly context: Deciders;
}

/**
 * A call with its flow begun, where the event asks for one.
 *
 * @throws MissingFlowError when it is not deployed.
 */
export function startedFlow(call: Call, event: CallEvent, context: Deciders): Call {
  if (event.type !== 'call.requested' || event.flow === null || call.flow !== null) return call;
  const decider = flowDeciderOf(event.flow, context);
  const begun = { ...call, flow: newFlowState(event.flow) };
  const decision = decider.start(begun);
  return atRest(withDecision(begun, decision, { event, version: decider.version, trigger: 'requested' }));
}

/**
 * A call after its flow has seen what has become true, as soon as it may see it.
 *
 * @throws MissingFlowError when the flow is not deployed.
 */
export function withSignal(call: Call, { signal, ...step }: Step & { readonly signal: Signal }): Call {
  const { flow } = call;
  if (flow === null || flow.status !== 'active') return call;
  const decider = flowDeciderOf(flow, step.context);
  const ordered = orderSignal(flow.waiting, signal);
  const { arm = [], cancel = [] } = ordered;
  const waits = withDecision(
    withWaiting(call, flow, ordered.waiting),
    { arm, cancel },
    originOf(signal, decider, step),
  );
  return atRest(shown(waits, ordered.shown, { ...step, decider }));
}

function shown(call: Call, signals: readonly Signal[], step: Step & { readonly decider: FlowDecider }): Call {
  let shownTo = call;
  const queue = [...signals];
  for (let signal = queue.shift(); signal !== undefined; signal = queue.shift()) {
    const { flow } = shownTo;
    if (flow?.status !== 'active') break;
    const isPlanned = (actionId: string) => shownTo.actions.some(action => action.actionId === actionId);
    const held = heldBack(flow.waiting, signal, isPlanned);
    if (held !== undefined) {
      shownTo = withWaiting(shownTo, flow, held);
      continue;
    }
    const decision: Decision = step.decider.decide(shownTo, signal);
    shownTo = withDecision(shownTo, decision, originOf(signal, step.decider, step));
    if (shownTo.flow === null) break;
    const released = releaseOperations(shownTo.flow.waiting, isPlanned);
    shownTo = withWaiting(shownTo, shownTo.flow, released.waiting);
    queue.unshift(...released.shown);
  }
  return shownTo;
}

function originOf(signal: Signal, { version }: FlowDecider, { event }: Step) {
  return { event, version, trigger: triggerOf(signal) };
}

function withWaiting(call: Call, flow: FlowState, waiting: Waiting): Call {
  return waiting === flow.waiting ? call : { ...call, flow: { ...flow, waiting } };
}

/** Timers that are no matter of the flow: what is placed, or is to be dialled again, does not end with it. */
const NOT_OF_THE_FLOW: readonly string[] = [PLACING, REDIAL];

/** A flow that is done waits for nothing. */
function atRest(call: Call): Call {
  const { flow } = call;
  if (flow === null || flow.status === 'active') return call;
  let { timers } = call;
  for (const { timerId } of call.timers) {
    if (!NOT_OF_THE_FLOW.includes(timerId)) timers = endTimer(timers, timerId, 'cancelled');
  }
  return { ...call, timers, flow: nothingWaits(flow) };
}
