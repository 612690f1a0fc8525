import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { StorageError } from './storage-error.ts';
import type { RowValues } from './table.ts';

/** Below the 32,768 UTF-16 units that a string property can hold. */
const PLAIN_LIMIT_CHARS = 30_000;
/** What a binary property can hold. */
const CHUNK_BYTES = 65_536;
/** Fifteen chunks fill a row, which can hold 1 MiB in all, but for its other properties. */
const CHUNKS_MAX = 15;

/**
 * A text as properties of a row: `d`, or deflated into `z0`, `z1`… when it is large.
 *
 * @throws StorageError (permanent) when it does not fit a row even so.
 */
export function encodeText(text: string): RowValues {
  if (text.length <= PLAIN_LIMIT_CHARS) return { d: text };
  const deflated = deflateRawSync(text);
  const count = Math.ceil(deflated.length / CHUNK_BYTES);
  if (count > CHUNKS_MAX) {
    throw new StorageError(`A document of ${deflated.length} bytes after deflate does not fit a row.`, {
      transient: false,
    });
  }
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `z${index}`,
      new Uint8Array(deflated.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)),
    ]),
  );
}

/** The text that {@link encodeText} made the properties of. */
export function decodeText(values: RowValues): string {
  const plain = values['d'];
  if (typeof plain === 'string') return plain;
  const chunks: Uint8Array[] = [];
  for (let index = 0; ; index++) {
    const chunk = values[`z${index}`];
    if (!(chunk instanceof Uint8Array)) break;
    chunks.push(chunk);
  }
  return inflateRawSync(Buffer.concat(chunks)).toString('utf8');
}
