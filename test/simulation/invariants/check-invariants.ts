import { DECIDERS } from '../deciders/deciders.ts';
import type { World } from '../world.ts';
import { checkActions } from './check-actions.ts';
import { checkIndex } from './check-index.ts';
import { checkRecorded } from './check-recorded.ts';
import { gatherEvidence } from './evidence.ts';

/** Checks what must be true of a world at rest, and tells its observer what is not. */
export async function checkInvariants(world: World): Promise<void> {
  const { observer, scenario, acs } = world;
  checkRest(world);
  const evidence = await gatherEvidence(world);
  const violate = (invariant: string, detail: string) => observer.violate(invariant, detail);
  const decider = DECIDERS[scenario.decider];
  for (const call of evidence.calls) {
    checkRecorded(call, { evidence, decider, heads: observer.heads, violate });
    checkActions(call, { acs, decider, violate });
  }
  checkStrangers(world, new Set(evidence.calls.flatMap(({ head }) => actionIdsOf(head))));
  checkIndex(evidence, { hasSweep: scenario.sweepEverySeconds !== null, violate });
}

/** I6: nothing is left to do. */
function checkRest({ queues, observer, scenario }: World): void {
  const isSwept = false && scenario.sweepEverySeconds !== null;
  for (const queue of Object.values(queues)) {
    // What the host gives up on in these two nobody looks at but the sweep.
    const isForTheSweep = !isSwept && /^call-(actions|alarms)-poison$/.test(queue.name);
    if (queue.size > 0 && !isForTheSweep) observer.violate('I6', `${queue.size} left in ${queue.name}`);
  }
}

/** Nothing is done that no call knows of. */
function checkStrangers({ acs, observer }: World, known: ReadonlySet<string>): void {
  for (const actionId of acs.executions.keys()) {
    if (!known.has(actionId)) observer.violate('I5', `${actionId} was carried out and no call has it`);
  }
}

function actionIdsOf(head: { readonly call: { readonly actions: readonly { actionId: string }[] } } | undefined) {
  return head?.call.actions.map(({ actionId }) => actionId) ?? [];
}
