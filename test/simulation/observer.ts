import { isInFlight } from '../../shared/actions/claims.ts';
import { isPlacing, outlivesCall } from '../../shared/domain/action.ts';
import { endOf } from '../../shared/domain/call.ts';
import type { CallHead } from '../../shared/store/call-head.ts';
import type { CommitPlan, CommitRequest } from '../../shared/store/commit-plan.ts';
import type { CachedHead } from '../../shared/store/head-cache.ts';
import type { RowWrite } from '../../shared/store/table.ts';
import type { LogEvent } from '../../shared/telemetry/log-event.ts';
import { Counts } from './counts.ts';

/** What storage may fail with here: what was simulated, and other writers of the same call. */
const EXPECTED_ERRORS = /^simulated|^Other writers|^Another writer/;

/** A head as it was written, for the comparison with the fold of the journal's beginning. */
export interface WrittenHead {
  readonly callKey: string;
  readonly journalCount: number;
  readonly document: string;
}

/**
 * Sees every plan before it is written and every head after: keeps what the invariants are checked against, and counts
 * how often each row of the fault table was met.
 */
export class Observer {
  /** What is wrong, in words; a history with none is a good one. */
  readonly violations: string[] = [];
  /** How often something happened, by row of the fault table. */
  readonly counts = new Counts();
  readonly heads: WrittenHead[] = [];
  /** Calls that ACS placed from the number whose lines are counted. */
  readonly placed = new Set<string>();
  readonly #names = new WeakMap<readonly RowWrite[], string>();

  violate(invariant: string, detail: string): void {
    this.violations.push(`${invariant}: ${detail}`);
  }

  count(what: string): void {
    this.counts.add(what);
  }

  /** A commit is about to be made. */
  planned(
    before: CachedHead | undefined,
    request: CommitRequest,
    plan: CommitPlan | undefined,
  ): CommitPlan | undefined {
    this.#countAlarm(before, request, plan);
    if (plan === undefined) return plan;
    this.#countPlacing(before, request, plan);
    this.#names.set(plan.writes, nameOf(before, request, plan));
    const { claimed, head } = plan;
    if (claimed === undefined) return plan;
    if (endOf(head.call) !== null && claimed.kind !== 'hangUp' && !outlivesCall(claimed)) {
      this.violate('I10', `${claimed.kind} is claimed after the end of ${head.call.callKey}`);
    }
    this.#checkOrder(head, claimed.actionId);
    return plan;
  }

  /** The name of the step that makes a commit; undefined for one that no planner made. */
  stepOf(writes: readonly RowWrite[]): string | undefined {
    return this.#names.get(writes);
  }

  /** A head is stored. */
  stored(callKey: string, [write]: readonly RowWrite[]): void {
    if (write === undefined || write.kind === 'delete') return;
    const document = write.values['d'];
    if (typeof document !== 'string') return;
    this.heads.push({ callKey, journalCount: Number(write.values['n']), document });
  }

  /** A line of the log: tells what the app does not throw. */
  logged({ name, fields }: LogEvent): void {
    if (name === 'messageDelayed' && !EXPECTED_ERRORS.test(String(fields['error']))) {
      this.violate('error', `a message waits because of: ${fields['error']}`);
    }
    if (name === 'thingParked' && fields['reason'] === 'refused') {
      this.violate('error', `storage refuses an event of ${fields['callKey']} for good`);
    }
    if (name === 'eventsDropped') this.count('E event of an erased call');
    if (name === 'eventsCommitted' && Number(fields['conflicts']) > 0)
      this.count('E stale cache or other writer');
  }

  /** Actions of one call go out in the order in which they were planned. */
  #checkOrder({ call, deliveries }: CallHead, actionId: string): void {
    const claimed = call.actions.find(action => action.actionId === actionId);
    if (claimed === undefined || claimed.kind === 'hangUp') return;
    for (const action of call.actions) {
      if (action === claimed) return;
      const isWaiting = action.state === 'planned';
      const isSending = isWaiting && (deliveries[action.actionId]?.claimedBy ?? null) !== null;
      if (isWaiting || isSending) {
        this.violate(
          'order',
          `${claimed.kind} is claimed while ${action.kind}, planned before, is not settled`,
        );
      }
    }
  }

  #countPlacing(before: CachedHead | undefined, { events }: CommitRequest, { head }: CommitPlan): void {
    const placing = head.call.actions.find(isPlacing);
    if (placing === undefined || before === undefined) return;
    const isHeardOf = events.some(({ wireId }) => wireId !== null);
    const known = before.head.call.actions.find(isPlacing);
    if (isHeardOf && known !== undefined && isInFlight(before.head, known))
      this.count('E placed call heard of before the answer');
    const isGivenUp = head.call.lostAt !== null && before.head.call.lostAt === null;
    if (isGivenUp && placing.state === 'unknown') this.count('E placing given up');
  }

  #countAlarm(before: CachedHead | undefined, request: CommitRequest, plan: CommitPlan | undefined): void {
    const { rang = [] } = request;
    if (rang.length === 0) return;
    const awaited = before?.head.alarmAt ?? null;
    const rings = plan?.head.call.timers.some(
      ({ timerId, generation, state }) =>
        state === 'fired' &&
        before?.head.call.timers.some(
          timer => timer.timerId === timerId && timer.generation === generation && timer.state === 'armed',
        ),
    );
    if (rings) this.count('T1 alarm that fires a timer');
    else if (awaited === null || !rang.includes(awaited)) this.count('T1 alarm twice or out of date');
    else this.count('T1 alarm early or for a cancelled timer');
  }
}

function nameOf(before: CachedHead | undefined, request: CommitRequest, plan: CommitPlan): string {
  const outcome = request.events.every(({ type }) => type.startsWith('action.'));
  if (request.events.length > 0) return outcome ? 'W5 commit outcome' : 'W3 commit events';
  if (request.releases !== undefined) return 'W5 commit release';
  const fires = plan.head.journalCount > (before?.head.journalCount ?? 0);
  return fires ? 'T1 commit what is due' : 'A2 commit claim';
}
