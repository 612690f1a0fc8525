import { isPlacing } from '../../../shared/domain/action.ts';
import { endOf } from '../../../shared/domain/call.ts';
import { DECIDERS } from '../deciders/deciders.ts';
import type { FaultName } from '../faults.ts';
import type { QueueStorage } from '../queue-storage.ts';
import { isReadAnew } from '../remembered-readings.ts';
import type { World } from '../world.ts';
import { checkActions } from './check-actions.ts';
import { checkErased, checkRetention } from './check-erased.ts';
import { checkFlows, isDialledAgain } from './check-flows.ts';
import { checkIndex } from './check-index.ts';
import { checkLinesAtRest } from './check-lines.ts';
import { checkRecorded } from './check-recorded.ts';
import { type CallEvidence, gatherEvidence } from './evidence.ts';

/** Checks what must be true of a world at rest, and tells its observer what is not. */
export function checkInvariants(world: World): void {
  const { observer, scenario, acs, faults } = world;
  checkRest(world);
  const evidence = gatherEvidence(world);
  const violate = (invariant: string, detail: string) => observer.violate(invariant, detail);
  const mayLoseClaims = Object.entries(faults.injected).some(losesClaims);
  const isThorough = scenario.seed % 4 === 0 || isReadAnew(scenario.seed) || 'exactly' in scenario.faults;
  const decider = DECIDERS[scenario.decider];
  for (const call of evidence.calls) {
    checkErased(call, { acs, violate });
    if (call.erased !== undefined) continue;
    checkRecorded(call, { evidence, decider, heads: observer.heads, isThorough, violate });
    checkActions(call, { acs, mayLoseClaims, violate });
    if (scenario.sweepEverySeconds !== null) checkEnded(call, world);
    if (scenario.keptSeconds != null) checkRetention(call, violate);
  }
  checkPlaced(world, evidence.calls);
  checkFlows(evidence.calls, violate);
  if (scenario.sweepEverySeconds !== null) checkLinesAtRest(evidence, violate);
  const known = evidence.calls.flatMap(({ head, erased }) => (head ?? erased?.last)?.call.actions ?? []);
  checkStrangers(world, new Set(known.map(({ actionId }) => actionId)));
  checkIndex(evidence, { isSwept: scenario.sweepEverySeconds !== null, violate });
}

/** A process that dies forgets what it claimed, and so does one that cannot know whether its commit
 * was made, or gets its line too late. */
function losesClaims([step, fault]: readonly [string, FaultName]): boolean {
  return (
    fault.startsWith('crash') ||
    step.startsWith('L1 ') ||
    (step.includes('commit') && fault !== 'slowBefore' && fault !== 'slowAfter')
  );
}

/** I6: nothing is left to do. */
function checkRest({ queues, moreEventQueues, observer, scenario }: World): void {
  const isSwept = scenario.sweepEverySeconds !== null;
  const more = moreEventQueues.flatMap(({ queue, poison }) => [queue, poison]);
  for (const queue of [...Object.values<QueueStorage>({ ...queues }), ...more]) {
    // What the host gives up on nobody looks at but the sweep.
    const isForTheSweep = !isSwept && queue.name.endsWith('-poison');
    if (queue.size > 0 && !isForTheSweep) observer.violate('I6', `${queue.size} left in ${queue.name}`);
  }
}

/** I6: a call that ACS does not know any more, or cannot be asked about, is not open for ever. */
function checkEnded({ callKey, head }: CallEvidence, { acs, observer }: World): void {
  if (head === undefined || endOf(head.call) !== null) return;
  const isGone = acs.profile === 'preview' || (head.call.wireId !== null && acs.gone.has(head.call.wireId));
  if (isGone)
    observer.violate('I6', `${callKey} is still ${head.call.state}, and nothing will be heard of it`);
}

/** Nothing is done that no call knows of. */
function checkStrangers({ acs, observer }: World, known: ReadonlySet<string>): void {
  for (const actionId of acs.executions.keys()) {
    if (!known.has(actionId)) observer.violate('I5', `${actionId} was carried out and no call has it`);
  }
}

/** I5: however often a call is asked for with one key, there is one, and it is the one that the answer names. */
function checkPlaced({ clients, observer }: World, calls: readonly CallEvidence[]): void {
  const placings = calls.flatMap(({ callKey, head, erased }) => {
    const call = (head ?? erased?.last)?.call;
    const placing = call?.actions.find(isPlacing);
    return placing === undefined || isDialledAgain(call)
      ? []
      : [{ callKey, to: String(placing.arguments['to']) }];
  });
  for (const { callee, callKey } of clients) {
    const keys = placings.filter(({ to }) => to === callee).map(placing => placing.callKey);
    if (keys.length > 1) observer.violate('I5', `${keys.join(' and ')} were placed, and one was asked for`);
    if (callKey !== undefined && !keys.includes(callKey))
      observer.violate('I1', `${callKey} was answered with 202, and there is no such call`);
  }
}
