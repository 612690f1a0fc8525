import type { Call } from '../domain/call.ts';
import type { Signal } from '../domain/signal.ts';
import type { Decision, FlowDecider } from './decider.ts';
import { orFailed } from './failed-flow.ts';
import type { HandlerFlow, SignalHandler } from './flow.ts';
import { flowDraftOf, isFlowAction } from './flow-actions.ts';
import { flowSignalOf, type SignalName } from './flow-signals.ts';

/** Decides by plain functions, one for each signal. Their flow is done when the call is over; one that throws has failed. */
export function handlerDecider({ name, version, on }: HandlerFlow): FlowDecider {
  return {
    version: `${name}/${version}`,
    start: () => ({}),
    decide: (call, signal) => orFailed(call, () => decisionOf(call, signal, on)),
  };
}

function decisionOf(call: Call, signal: Signal, on: HandlerFlow['on']): Decision {
  const told = flowSignalOf(call, signal);
  if (told === undefined) return {};
  // The table is typed by the signal's name, and TypeScript cannot tell that both sides have the same one.
  const handler = on[told.type] as SignalHandler<SignalName> | undefined;
  const actions = (handler?.(call, told) ?? []).map(({ kind, arguments: members, name }) => {
    if (!isFlowAction(kind)) throw new RangeError(`a flow cannot do ${kind}`);
    return flowDraftOf(kind, { ...members, ...(name === undefined ? {} : { name }) });
  });
  if (told.type !== 'disconnected') return { actions };
  return { actions, flow: { status: 'done', snapshot: null, result: null, error: null } };
}
