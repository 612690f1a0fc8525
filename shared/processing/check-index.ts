import { addMilliseconds, type Clock, eventTimeOf } from '../clock.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CallIndex } from '../store/call-index.ts';
import { type CallPartitions, readHead } from '../store/call-partitions.ts';
import type { IndexUpkeep } from '../store/index-upkeep.ts';
import type { StoredRow } from '../store/table.ts';
import type { Log } from '../telemetry/log-event.ts';
import { indexChecked, upkeepFailed } from '../telemetry/log-events.ts';
import type { CallWorker } from './call-worker.ts';
import { forEach } from './for-each.ts';
import { retentionStart } from './retention-start.ts';
import { type WalkPorts, walk } from './walk.ts';

export interface CheckPorts extends WalkPorts {
  readonly partitions: CallPartitions;
  readonly index: CallIndex;
  readonly upkeep: IndexUpkeep;
  readonly worker: CallWorker;
  readonly clock: Clock;
  readonly settings: { readonly retentionDays: number };
  readonly log: Log;
}

const CALLS_PER_PAGE = 200;
/** Within the five minutes that a function may take. */
const RUN_MS = 200_000;
/** Whoever recorded something merges it into the index a moment later, or is told again to do so. */
const SETTLED_MS = 900_000;

/**
 * Compares the index with the heads, which are the truth, and mends it: what it lacks of a call is merged again, and so
 * are projected rows that are behind. Takes tombstones away that have stood for the time of retention, since it passes
 * them anyway. One read for each call, two for one with an alias, beside a scan of the table.
 */
export async function checkIndex(ports: CheckPorts): Promise<void> {
  const counts = { calls: 0, day: 0, open: 0, alias: 0, participants: 0, forgotten: 0, failed: 0 };
  const listed = await openKeys(ports.upkeep);
  const end = await walk(ports, {
    name: 'checkIndex',
    runMs: RUN_MS,
    async page(cursor) {
      const page = await ports.partitions.headRows({ limit: CALLS_PER_PAGE, cursor });
      await forEach(
        page.rows,
        row => checkOne(ports, row, { listed, counts }),
        ({ partitionKey: callKey }, error) => {
          counts.failed += 1;
          ports.log(upkeepFailed({ callKey, during: 'checkIndex', error: String(error) }));
        },
      );
      return page.cursor;
    },
  });
  if (end !== 'busy') ports.log(indexChecked({ ...counts, end }));
}

interface Check {
  readonly listed: ReadonlySet<string>;
  readonly counts: Record<'calls' | 'day' | 'open' | 'alias' | 'participants' | 'forgotten', number>;
}

async function checkOne(ports: CheckPorts, row: StoredRow, check: Check): Promise<void> {
  const now = eventTimeOf(ports.clock.now());
  const found = readHead(row);
  if (found.kind === 'erased') {
    const kept = retentionStart(now, ports.settings);
    if (kept === undefined || found.erasedAt >= kept) return;
    await ports.partitions.forget(row.partitionKey);
    check.counts.forgotten += 1;
  } else if (found.kind === 'call' && isSettled(found.head, now)) {
    await mend(ports, found.head, check);
  }
}

async function mend(
  { index, upkeep, worker }: CheckPorts,
  head: CallHead,
  { listed, counts }: Check,
): Promise<void> {
  const { callKey } = head.call;
  const { day, open, alias } = await upkeep.lacks(head, listed.has(callKey));
  counts.calls += 1;
  counts.day += Number(day);
  counts.open += Number(open);
  counts.alias += Number(alias);
  if (day || open || alias) await index.merge(head, { dated: day, opened: open, bound: alias, ended: false });
  if (!head.projectionPending) return;
  await worker.visit(callKey);
  counts.participants += 1;
}

function isSettled({ heardAt }: CallHead, now: EventTime): boolean {
  return heardAt < addMilliseconds(now, -SETTLED_MS);
}

/** The list of open calls is as long as there are open calls, so it is read once and not call by call. */
async function openKeys(upkeep: IndexUpkeep): Promise<Set<string>> {
  const keys = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await upkeep.openRows({ limit: 1_000, cursor });
    for (const { callKey } of page.rows) keys.add(callKey);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return keys;
}
