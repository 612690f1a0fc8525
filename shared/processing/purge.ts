import { type Clock, eventTimeOf } from '../clock.ts';
import { outlivesCall } from '../domain/action.ts';
import { endOf } from '../domain/call.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallHead } from '../store/call-head.ts';
import { placeOf } from '../store/call-index.ts';
import type { CallPartitions } from '../store/call-partitions.ts';
import type { DayRow, IndexUpkeep } from '../store/index-upkeep.ts';
import type { ParkedStore } from '../store/parked-store.ts';
import type { Log } from '../telemetry/log-event.ts';
import { purged, upkeepFailed } from '../telemetry/log-events.ts';
import { forEach } from './for-each.ts';
import { retentionStart } from './retention-start.ts';
import { type WalkPorts, walk } from './walk.ts';

export interface PurgePorts extends WalkPorts {
  readonly partitions: CallPartitions;
  readonly upkeep: IndexUpkeep;
  readonly parked: ParkedStore;
  readonly clock: Clock;
  readonly settings: { readonly retentionDays: number };
  readonly log: Log;
}

type Days = Parameters<IndexUpkeep['dayRows']>[0];

const CALLS_PER_PAGE = 200;
/** Within the five minutes that a function may take. */
const RUN_MS = 200_000;
/** Hardly any call has a time that is still to come. */
const FUTURE_RUN_MS = 20_000;
/** Each takes up to 1,000. */
const DROP_ROUNDS_MAX = 20;

/**
 * Erases calls that ended and of which nothing was heard for the time of retention, and parked things as old. A call that
 * has still to be dialled again is kept until that is settled. A tombstone stays of each call, for another such time.
 *
 * Goes along the index by day, which is ordered newest first and cannot be walked the other way: of what is too old one
 * run takes the newest first, and leaves the rest to the next.
 * The days that are still to come are gone along as well: the index has a call under the time of its first event, which
 * may be any. So a call is kept for twice the time of retention at most, whatever its events say of the time.
 *
 * Eight requests a call of a usual size, six where it has no alias.
 */
export async function purge(ports: PurgePorts): Promise<void> {
  const now = eventTimeOf(ports.clock.now());
  const kept = retentionStart(now, ports.settings);
  if (kept === undefined) return;
  const counts = { calls: 0, parked: await dropParked(ports.parked, kept), failed: 0 };
  const page = async (days: Days, cursor: string | undefined) => {
    const found = await ports.upkeep.dayRows(days, { limit: CALLS_PER_PAGE, cursor });
    await forEach(
      found.rows,
      async row => {
        if (await purgeOne(ports, row, { now, kept })) counts.calls += 1;
      },
      ({ callKey }, error) => {
        counts.failed += 1;
        ports.log(upkeepFailed({ callKey, during: 'purge', error: String(error) }));
      },
    );
    return found.cursor;
  };
  await walk(ports, {
    name: 'purgeFuture',
    runMs: FUTURE_RUN_MS,
    page: cursor => page({ behind: now }, cursor),
  });
  const end = await walk(ports, {
    name: 'purge',
    runMs: RUN_MS,
    page: cursor => page({ upTo: kept }, cursor),
  });
  if (end !== 'busy') ports.log(purged({ ...counts, end }));
}

async function dropParked(parked: ParkedStore, kept: EventTime): Promise<number> {
  let count = 0;
  for (let round = 0; round < DROP_ROUNDS_MAX; round++) {
    const dropped = await parked.dropBefore(kept);
    if (dropped === 0) break;
    count += dropped;
  }
  return count;
}

async function purgeOne(
  { partitions, upkeep }: PurgePorts,
  row: DayRow,
  { now, kept }: { readonly now: EventTime; readonly kept: EventTime },
): Promise<boolean> {
  const found = await partitions.find(row.callKey);
  if (found.kind !== 'call') {
    // A run before died behind the last of the call's rows, or a merge came late.
    await upkeep.removeDayRow(row);
    return false;
  }
  const { callKey, createdAt } = found.head.call;
  // An earlier event has given the call another place since.
  if (row.partitionKey + row.rowKey !== placeOf(callKey, createdAt)) await upkeep.removeDayRow(row);
  return isOver(found.head, kept) && (await partitions.erase(callKey, now));
}

/** By receipt: the index has the call under a time that its sender gave, which can be any. */
function isOver({ call, heardAt }: CallHead, kept: EventTime): boolean {
  const isDone = !call.actions.some(action => outlivesCall(action) && action.state === 'planned');
  return endOf(call) !== null && isDone && heardAt < kept;
}
