import * as z from 'zod';
import { lazily } from '../lazily.ts';

const schema = lazily(() => z.object({ v: z.literal(1), of: z.string(), at: z.string() }));

/**
 * Packs where a list goes on into a text that means nothing to its holder.
 *
 * @param of what the list is of, its filters included: a cursor only fits the list that it came from.
 */
export function encodeCursor(of: string, at: string): string {
  return Buffer.from(JSON.stringify({ v: 1, of, at })).toString('base64url');
}

/** Undefined when the text is no cursor of this list. */
export function decodeCursor(of: string, cursor: string): string | undefined {
  try {
    const decoded = schema().parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return decoded.of === of ? decoded.at : undefined;
  } catch {
    // Whatever it is, it is no cursor of ours.
    return undefined;
  }
}
