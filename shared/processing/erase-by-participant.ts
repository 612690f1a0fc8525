import { type Clock, eventTimeOf } from '../clock.ts';
import { decodeCallEvents } from '../queues/call-events-message.ts';
import type { CallPartitions } from '../store/call-partitions.ts';
import { decodeText } from '../store/document.ts';
import type { ParkedItem, ParkedStore } from '../store/parked-store.ts';
import type { StoredRow } from '../store/table.ts';

export interface ErasePorts {
  readonly partitions: CallPartitions;
  readonly parked: ParkedStore;
  readonly clock: Clock;
}

/** What was erased, or would be. */
export interface Erased {
  readonly calls: number;
  readonly parked: number;
}

const ROWS_PER_PAGE = 1_000;
const PARKED_PER_PAGE = 100;

/**
 * Erases every call that mentions somebody, open ones too, and every parked thing that does: on the roster, in an
 * operation, an action, or anywhere else in an event. So it reads every row there is, a page of 1,000 a request.
 *
 * What is in a queue at the time is not found: of an erased call it is dropped when it comes, of another call it is
 * recorded. Doing it again, after the queues have run empty, finds that too; it is safe at any time.
 *
 * @param mentions see {@link mentionOf}.
 * @param options.isDryRun counts, and erases nothing.
 * @throws StorageError when storage failed; what was erased until then stays so.
 */
export async function eraseByParticipant(
  ports: ErasePorts,
  mentions: (text: string) => boolean,
  { isDryRun = false }: { readonly isDryRun?: boolean } = {},
): Promise<Erased> {
  const calls = await eraseCalls(ports, mentions, isDryRun);
  const parked = await dropParked(ports, mentions, isDryRun);
  return { calls, parked };
}

async function eraseCalls(
  { partitions, clock }: ErasePorts,
  mentions: (text: string) => boolean,
  isDryRun: boolean,
): Promise<number> {
  const found = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await partitions.rows({ limit: ROWS_PER_PAGE, cursor });
    for (const row of page.rows) {
      const callKey = row.partitionKey;
      if (found.has(callKey) || !textsOf(row).some(mentions)) continue;
      if (!isDryRun) await partitions.erase(callKey, eventTimeOf(clock.now()));
      found.add(callKey);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found.size;
}

async function dropParked(
  { parked }: ErasePorts,
  mentions: (text: string) => boolean,
  isDryRun: boolean,
): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await parked.list({ limit: PARKED_PER_PAGE, cursor });
    for (const item of page.items.filter(candidate => parkedTexts(candidate).some(mentions))) {
      if (!isDryRun) await parked.drop(item.parkedId);
      count += 1;
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return count;
}

/** Everything that a row says, inflated where it was deflated. */
function textsOf({ values }: StoredRow): string[] {
  const plain = Object.values(values).filter(value => typeof value === 'string');
  return 'z0' in values ? [...plain, decodeText(values)] : plain;
}

function parkedTexts({ text, detail }: ParkedItem): string[] {
  const message = decodeCallEvents(text);
  return [text, detail, ...(message === undefined ? [] : [JSON.stringify(message.elements)])];
}
