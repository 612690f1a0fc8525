import type { Queue } from '../queues/queue.ts';
import { isStorageFailing } from '../store/storage-error.ts';
import { swept, upkeepFailed } from '../telemetry/log-events.ts';
import { noTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import { drainPoison } from './drain-poison.ts';
import { forEach } from './for-each.ts';
import type { ParkingPorts } from './park.ts';
import { type ReplayGivenUpPorts, replayGivenUp } from './replay-given-up.ts';
import { type LinePorts, sweepLines } from './sweep-lines.ts';
import { type OpenCallPorts, sweepOpenCall } from './sweep-open-call.ts';
import { type WalkPorts, walk, walkCounting } from './walk.ts';

export interface SweepPorts extends ParkingPorts, OpenCallPorts, LinePorts, ReplayGivenUpPorts, WalkPorts {
  /** Where the host puts the messages of each queue that it gave up on. */
  readonly poisonQueues: readonly Queue[];
  readonly telemetry?: Telemetry | undefined;
}

const CALLS_PER_PAGE = 100;
const PARKED_PER_PAGE = 100;
/** Together they end in time for the next minute. */
const OPEN_CALLS_RUN_MS = 35_000;
const LINES_RUN_MS = 5_000;
const GIVEN_UP_RUN_MS = 5_000;

/**
 * Looks after what nobody else does: parks what the host gave up on and takes it up again, does what is overdue on open
 * calls, gives up calls that went quiet, takes ended ones off the list, and frees their lines. Safe to run twice at once.
 *
 * The poison queues have no trigger. A trigger takes a message that it cannot bind (text that is no base64) and leaves
 * it hidden for ten minutes, again and again, so that neither it nor the sweep would ever park it; and polling three
 * queues that are empty all but always costs more than looking once a minute.
 */
export async function sweep(ports: SweepPorts): Promise<void> {
  const counts = {
    parked: 0,
    replayed: 0,
    tidied: 0,
    visited: 0,
    asked: 0,
    healed: 0,
    unanswered: 0,
    lost: 0,
    failed: 0,
  };
  for (const queue of ports.poisonQueues) counts.parked += await drainPoison(ports, queue);
  const { storageFailed } = await sweepOpenCalls(ports, counts);
  // While storage fails, what it gave up on would only be given up once more, and that often only. A call that fails by
  // itself may do so every minute, and is no reason for others to wait.
  if (!storageFailed) await replayAll(ports, counts);
  const inUse = await walkCounting(ports, {
    name: 'lines',
    runMs: LINES_RUN_MS,
    page: cursor => sweepLines(ports, cursor),
  });
  tellGauge(ports, 'ringback.lines.in_use', inUse);
  if (Object.values(counts).some(count => count > 0)) ports.log(swept(counts));
}

type Counts = { -readonly [Name in keyof Parameters<typeof swept>[0]]: number };

async function sweepOpenCalls(
  ports: SweepPorts,
  counts: Counts,
): Promise<{ readonly storageFailed: boolean }> {
  let storageFailed = false;
  const open = await walkCounting(ports, {
    name: 'openCalls',
    runMs: OPEN_CALLS_RUN_MS,
    async page(cursor) {
      const page = await ports.upkeep.openRows({ limit: CALLS_PER_PAGE, cursor });
      let count = 0;
      await forEach(
        page.rows,
        async row => {
          const outcome = await sweepOpenCall(ports, row);
          if (outcome !== 'nothing') counts[outcome] += 1;
          if (outcome !== 'tidied' && outcome !== 'lost') count += 1;
        },
        ({ callKey }, error) => {
          counts.failed += 1;
          storageFailed ||= isStorageFailing(error);
          ports.log(upkeepFailed({ callKey, during: 'sweep', error: String(error) }));
        },
      );
      return { cursor: page.cursor, count };
    },
  });
  tellGauge(ports, 'ringback.calls.open', open);
  return { storageFailed };
}

function tellGauge(
  { telemetry = noTelemetry }: SweepPorts,
  metric: 'ringback.calls.open' | 'ringback.lines.in_use',
  value: number | undefined,
): void {
  if (value !== undefined) telemetry.measure({ metric, value });
}

async function replayAll(ports: SweepPorts, counts: Counts): Promise<void> {
  await walk(ports, {
    name: 'givenUp',
    runMs: GIVEN_UP_RUN_MS,
    async page(cursor) {
      const page = await ports.parked.list({ limit: PARKED_PER_PAGE, cursor });
      for (const item of page.items) if (await replayGivenUp(ports, item)) counts.replayed += 1;
      return page.cursor;
    },
  });
}
