import type { EventTime } from '../domain/event-time.ts';
import { memberKey } from '../domain/roster.ts';
import { hash22 } from '../ids/hash22.ts';
import type { KeyRange } from './table.ts';

/** The row of a call's partition that holds its state; it sorts before all others. */
export const HEAD_ROW = '!';

/** All calls: their keys begin with a letter or a digit. */
export const ALL_CALLS: KeyRange = { from: '0', to: '~' };

/** What a call's partition holds beside the head. */
export const ROWS_BESIDE_HEAD: KeyRange = { from: '"', to: '~~' };

/** All journal rows of a partition. */
export const JOURNAL_ROWS: KeyRange = prefixRange('j~');

/** The journal row of an event: creating it twice fails, and that is how a duplicate is found. */
export function journalRow(fingerprint: string): string {
  return `j~${fingerprint}`;
}

/** The row of a participant; a hash, since raw ids hold characters that keys cannot. */
export function participantRow(participant: {
  readonly rawId: string;
  readonly participantId: string | null;
}): string {
  return `p~${hash22(memberKey(participant))}`;
}

/** Partition of the open calls in the index. */
export const OPEN_PARTITION = 'open';

/** Partition of the index's table where the timers note how far they have come. */
export const PROGRESS_PARTITION = 'sweep';

/** Where a call stands in the index by day: newest first in the order of the keys, because its digits count down. */
export function dayKeys(
  callKey: string,
  at: EventTime,
): { readonly partitionKey: string; readonly rowKey: string } {
  const digits = countDown(at);
  return { partitionKey: `d~${digits.slice(0, 8)}`, rowKey: `${digits.slice(8)}~${callKey}` };
}

/** The partitions of the days from one moment to another, both days included, newest first. */
export function dayPartitions(from: EventTime | undefined, to: EventTime | undefined): KeyRange {
  return {
    from: to === undefined ? 'd~' : `d~${countDown(to).slice(0, 8)}`,
    to: from === undefined ? 'd~~' : `d~${countDown(from).slice(0, 8)}~`,
  };
}

/** The partitions of the days behind the one of a moment, newest first. */
export function dayPartitionsBehind(moment: EventTime): KeyRange {
  return { from: 'd~', to: `d~${countDown(moment).slice(0, 8)}` };
}

/** Partition of the alias of a wire id, which has one row. */
export function aliasPartition(wireId: string): string {
  return `a~${hash22(wireId)}`;
}

/** The partitions of the aliases of all wire ids. */
export const ALIAS_PARTITIONS: KeyRange = prefixRange('a~');

/** Partition of an Idempotency-Key, which has one row; the hash is of what the key is about, and the key. */
export function idempotencyPartition(hash: string): string {
  return `k~${hash}`;
}

/** The partitions of all Idempotency-Keys. */
export const IDEMPOTENCY_PARTITIONS: KeyRange = prefixRange('k~');

/** Partition of the calls that are legs of a server call: a row for each, by its key. */
export function serverCallPartition(serverCallId: string): string {
  return `v~${hash22(serverCallId)}`;
}

/** The partitions of all server calls. */
export const SERVER_CALL_PARTITIONS: KeyRange = prefixRange('v~');

/** Partition of a number's lines: a row for each line, and one for each call that waits for one. */
export function linePartition(number: string): string {
  return `line~${hash22(number)}`;
}

/** The partitions of the lines of all numbers. */
export const LINE_PARTITIONS: KeyRange = prefixRange('line~');

/** The lines of a number, in its partition. */
export const SLOT_ROWS: KeyRange = prefixRange('s~');

/** The calls that wait for a line of a number, in its partition; who waits longest comes first. */
export const WAITER_ROWS: KeyRange = prefixRange('w~');

/** The digits of a time, each taken from nine, so that later times sort first. */
export function countDown(at: EventTime): string {
  let digits = '';
  for (const character of at) if (character >= '0' && character <= '9') digits += 9 - Number(character);
  return digits;
}

function prefixRange(prefix: string): KeyRange {
  const last = prefix.charCodeAt(prefix.length - 1);
  return { from: prefix, to: prefix.slice(0, -1) + String.fromCharCode(last + 1) };
}
