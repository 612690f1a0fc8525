import * as z from 'zod';
import type { Call } from '../../shared/domain/call.ts';
import type { JournalEntry } from '../../shared/store/journal-row.ts';

/** A call in one file: what is needed to replay it, and what was stored when it was written. */
export interface CallFile {
  readonly callKey: string;
  readonly journal: readonly JournalEntry[];
  readonly stored: Call | null;
}

const FORMAT = 'ringback-call/1';

const schema = z.object({
  format: z.literal(FORMAT, `expected a file of the format ${FORMAT}, as npm run export writes it`),
  callKey: z.string().min(1),
  journal: z.array(
    z.object({ number: z.int().min(1), event: z.looseObject({ type: z.string(), fingerprint: z.string() }) }),
  ),
  stored: z.looseObject({}).nullable(),
});

/** The text of a call file; with every telephone number replaced, each by another, when `masked`. */
export function encodeCallFile(file: CallFile, { masked }: { readonly masked: boolean }): string {
  const text = `${JSON.stringify({ format: FORMAT, ...file }, null, 2)}\n`;
  return masked ? replaceNumbers(text) : text;
}

/** @throws ZodError, SyntaxError when the text is no call file. */
export function decodeCallFile(text: string): CallFile {
  const { format: _, ...file } = schema.parse(JSON.parse(text));
  // Both sides were written by this code; the check above is for files that are something else.
  return file as unknown as CallFile;
}

const NUMBER = /\+\d{5,15}/g;

/**
 * Numbers that nobody has: the country code 999 is not assigned. They sort as those that they stand for, since a call
 * has its participants in the order of their ids.
 */
function replaceNumbers(text: string): string {
  const numbers = [...new Set(text.match(NUMBER))].toSorted();
  const replacements = new Map(
    numbers.map((number, index) => [number, `+999${String(index + 1).padStart(8, '0')}`]),
  );
  return text.replaceAll(NUMBER, number => replacements.get(number) ?? number);
}
