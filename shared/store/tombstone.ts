import type { EventTime } from '../domain/event-time.ts';
import { HEAD_ROW } from './keys.ts';
import type { RowWrite, StoredRow } from './table.ts';

const LAYOUT_VERSION = 1;

/**
 * The write that leaves of a call nothing but that it was erased, and when. It stands in the head's place, so that
 * what still comes of the call meets it and is dropped instead of beginning the call anew.
 *
 * @param etag of the head: a call that changed meanwhile has rows that the eraser has not seen.
 */
export function tombstoneWrite(etag: string, erasedAt: EventTime): RowWrite {
  return { kind: 'replace', rowKey: HEAD_ROW, values: { v: LAYOUT_VERSION, erasedAt }, etag };
}

/** When the call was erased; undefined where the row is the head of a call. */
export function erasedAtOf({ values }: StoredRow): EventTime | undefined {
  const { erasedAt } = values;
  return typeof erasedAt === 'string' ? (erasedAt as EventTime) : undefined;
}
