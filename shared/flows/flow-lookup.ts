import type { FlowDecider, FlowLookup } from './decider.ts';
import type { Flow } from './flow.ts';
import { handlerDecider } from './handler-decider.ts';
import { machineDecider } from './machine-decider.ts';

/** Finds flows by name and version among the given ones. */
export function flowLookup(flows: readonly Flow[]): FlowLookup {
  const deciders = new Map<string, FlowDecider>(flows.map(flow => [keyOf(flow), deciderOf(flow)]));
  return flow => deciders.get(keyOf(flow));
}

function keyOf({ name, version }: { readonly name: string; readonly version: number }): string {
  return `${name}/${version}`;
}

function deciderOf(flow: Flow): FlowDecider {
  return 'machine' in flow ? machineDecider(flow) : handlerDecider(flow);
}
