import type { Call } from '../domain/call.ts';
import type { Deciders, FlowDecider } from './decider.ts';

/** A call is run by a flow, or a version of one, that this app does not have: nothing can be decided on it. */
export class MissingFlowError extends Error {
  constructor({ name, version }: { readonly name: string; readonly version: number }) {
    super(
      `The flow ${name} in version ${version} runs this call and is not deployed. Deploy it again, then replay what is parked.`,
    );
    this.name = 'MissingFlowError';
  }
}

/** Whether the call is run by a flow that is not deployed. */
export function isFlowMissing(call: Call | undefined, { flows }: Deciders): boolean {
  return call?.flow != null && flows?.(call.flow) === undefined;
}

/** @throws MissingFlowError when it is not deployed. */
export function flowDeciderOf(
  flow: { readonly name: string; readonly version: number },
  { flows }: Deciders,
): FlowDecider {
  const decider = flows?.(flow);
  if (decider === undefined) throw new MissingFlowError(flow);
  return decider;
}
