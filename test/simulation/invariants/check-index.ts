import { endOf } from '../../../shared/domain/call.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import {
  aliasPartition,
  dayKeys,
  IDEMPOTENCY_PARTITIONS,
  LINE_PARTITIONS,
  OPEN_PARTITION,
  PROGRESS_PARTITION,
} from '../../../shared/store/keys.ts';
import type { RowValues, StoredRow } from '../../../shared/store/table.ts';
import type { Evidence } from './evidence.ts';

/** I8: the index says of every call what its head says, and of no other. */
export function checkIndex(
  { calls, index }: Pick<Evidence, 'calls' | 'index'>,
  {
    isSwept,
    violate,
  }: { readonly isSwept: boolean; readonly violate: (invariant: string, detail: string) => void },
): void {
  const rows = index.filter(isAboutCalls);
  const found = new Map(rows.map(row => [`${row.partitionKey} ${row.rowKey}`, JSON.stringify(shown(row))]));
  const expect = (partitionKey: string, rowKey: string, values: readonly object[]) => {
    const key = `${partitionKey} ${rowKey}`;
    const actual = found.get(key);
    found.delete(key);
    if (values.some(each => JSON.stringify(each) === actual)) return;
    violate('I8', `the index has ${actual} at ${key}, expected ${JSON.stringify(values)}`);
  };
  for (const { callKey, head } of calls) {
    if (head === undefined) continue;
    const day = dayKeys(callKey, head.call.createdAt);
    expect(day.partitionKey, day.rowKey, [{ callKey }]);
    const { wireId } = head.call;
    if (wireId !== null && callKeyOf(wireId) !== callKey) expect(aliasPartition(wireId), '!', [{ callKey }]);
    if (endOf(head.call) === null) expect(OPEN_PARTITION, callKey, [{ callKey }]);
  }
  for (const [key, values] of found) {
    // An ended call stays on the list until the sweep.
    const isForTheSweep = !isSwept && key.startsWith(`${OPEN_PARTITION} `);
    // A call keeps the places of later beginnings, which readers pass over.
    const isVoidPlace =
      key.startsWith('d~') &&
      calls.some(({ callKey, head }) => head !== undefined && key.endsWith(`~${callKey}`));
    if (!isForTheSweep && !isVoidPlace)
      violate('I8', `the index has ${values} at ${key}, and no call says so`);
  }
}

/** Neither how far the timers have come, nor a line, nor a key that a call may be asked for again with. */
function isAboutCalls({ partitionKey }: StoredRow): boolean {
  const { from, to } = IDEMPOTENCY_PARTITIONS;
  const isKey = partitionKey >= from && partitionKey < to;
  const isLine = partitionKey >= LINE_PARTITIONS.from && partitionKey < LINE_PARTITIONS.to;
  return partitionKey !== PROGRESS_PARTITION && !isKey && !isLine;
}

/** When ACS was asked about a call is no fact of the call. */
function shown({ values: { askedAt: _, ...facts } }: StoredRow): RowValues {
  return facts;
}
