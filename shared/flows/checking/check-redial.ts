import type { MachineFlow } from '../flow.ts';
import { parseFlowInput } from '../flow-input.ts';
import { type Exploration, explore } from './explore.ts';
import { type Finding, findingsOf } from './finding.ts';

/** An attempt that no flow should ever come to. */
const FAR_TOO_MANY = 1_000;

/** Whether a flow that dials again stops at some time: tried with the thousandth call. */
export function checkRedial(flow: MachineFlow, first: Exploration): readonly Finding[] {
  const parsed = parseFlowInput(flow, flow.example);
  if (!parsed.ok || !isDialledAgain(first)) return [];
  const input = { ...parsed.input, attempt: FAR_TOO_MANY, previousCallKey: 'c0' };
  if (!isDialledAgain(explore(flow, input))) return [];
  return [
    findingsOf(flow.name)(
      'dialsForEver',
      null,
      `It dials again even after ${FAR_TOO_MANY} calls. Take \`attempt\` from the input into the context, and bound it with a guard.`,
    ),
  ];
}

function isDialledAgain({ places }: Exploration): boolean {
  return places.some(({ edges }) =>
    edges.some(({ decided }) => decided.decision.actions.some(({ kind }) => kind === 'dialAgain')),
  );
}
