import { addMilliseconds, type Clock, eventTimeOf } from '../clock.ts';
import { endOf } from '../domain/call.ts';
import type { Queue } from '../queues/queue.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CallStore } from '../store/call-store.ts';
import type { Lines, Slot } from '../store/lines.ts';
import type { Log } from '../telemetry/log-event.ts';
import { upkeepFailed } from '../telemetry/log-events.ts';
import { forEach } from './for-each.ts';
import { tellOfLine } from './pacing.ts';
import type { CountedPage } from './walk.ts';

export interface LinePorts {
  readonly lines: Lines;
  readonly calls: CallStore;
  readonly callActions: Queue;
  readonly clock: Clock;
  readonly log: Log;
}

const ROWS_PER_PAGE = 500;

/** A call that was told of its line needs no other word for so long. */
const TELL_AGAIN_MS = 30_000;

/**
 * Looks after one page of the lines of all numbers, whose users may have died at any point: frees those whose call is
 * over or no more, gives free ones to calls that wait, and tells those again that seem not to have heard of theirs.
 * Resolves with the cursor of the next page, and how many lines of this one are in use.
 *
 * @throws StorageError when storage failed; doing it again is safe.
 */
export async function sweepLines(ports: LinePorts, cursor: string | undefined): Promise<CountedPage> {
  const { lines, calls, callActions, clock } = ports;
  const now = eventTimeOf(clock.now());
  const page = await lines.page({ limit: ROWS_PER_PAGE, cursor });
  const toldBefore = addMilliseconds(now, -TELL_AGAIN_MS);
  let count = 0;
  await forEach(
    page.slots,
    async slot => {
      if (await sweepSlot(ports, slot, toldBefore)) count += 1;
    },
    ({ callKey = '' }, error) => ports.log(upkeepFailed({ callKey, during: 'sweep', error: String(error) })),
  );
  for (const partition of page.waitedFor) {
    const handed = await lines.handOver(partition, now, async callKey => isOpen(await calls.load(callKey)));
    for (const callKey of handed) await tellOfLine(callActions, callKey);
    count += handed.length;
  }
  return { cursor: page.cursor, count };
}

/** Resolves with whether a call is on the line. */
async function sweepSlot(
  { lines, calls, callActions }: LinePorts,
  slot: Slot,
  toldBefore: string,
): Promise<boolean> {
  const { callKey } = slot;
  if (callKey === undefined) return false;
  const head = await calls.load(callKey);
  if (!isOpen(head)) {
    await lines.free(slot);
    return false;
  }
  if (waitsForLine(head) && slot.at < toldBefore) await tellOfLine(callActions, callKey);
  return true;
}

function isOpen(head: CallHead | undefined): head is CallHead {
  return head !== undefined && endOf(head.call) === null;
}

function waitsForLine({ deliveries }: CallHead): boolean {
  return Object.values(deliveries).some(({ waitsForLine: waits }) => waits === true);
}
