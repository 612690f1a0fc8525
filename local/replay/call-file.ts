import * as z from 'zod';
import type { Call } from '../../shared/domain/call.ts';
import { DIALECT_NAMES } from '../../shared/domain/call-event.ts';
import type { JournalEntry } from '../../shared/store/journal-row.ts';
import { decodeJson } from '../read-json-file.ts';
import { maskCall } from './mask-call.ts';

/** A call in one file: what is needed to replay it, and what was stored when it was written. */
export interface CallFile {
  readonly callKey: string;
  readonly journal: readonly JournalEntry[];
  readonly stored: Call | null;
}

const FORMAT = 'ringback-call/1';

/** What events of Ringback's own hold, without which nothing can be made of them. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'call.requested': ['actionId', 'action', 'flow'],
  'action.requested': ['actionId', 'action'],
  'action.done': ['actionId'],
  'action.failed': ['actionId', 'reason'],
  'action.unknown': ['actionId', 'reason'],
  'timer.fired': ['timerId', 'generation'],
};

const event = z
  .looseObject({
    type: z.string(),
    fingerprint: z.string().min(1),
    at: z.string(),
    receivedAt: z.string(),
    dialect: z.enum(DIALECT_NAMES),
  })
  .superRefine((value, context) => {
    for (const part of PARTS[value.type] ?? []) {
      if (value[part] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [part], message: `expected the ${part} of ${value.type}` });
    }
  });

const schema = z.object({
  format: z.literal(FORMAT, `expected a file of the format ${FORMAT}, as npm run export writes it`),
  callKey: z.string().min(1),
  journal: z.array(z.object({ number: z.int().min(1), event })),
  stored: z.looseObject({}).nullable(),
});

/** The text of a call file, without what tells who was called when `masked`: see {@link maskCall}. */
export function encodeCallFile(file: CallFile, { masked }: { readonly masked: boolean }): string {
  return `${JSON.stringify({ format: FORMAT, ...(masked ? maskCall(file) : file) }, null, 2)}\n`;
}

/**
 * @param name of the file, for people.
 * @throws InputError when the text is no call file.
 */
export function decodeCallFile(text: string, name = 'The file'): CallFile {
  const hint = 'Write it again with npm run export -- <callKey> --out FILE.';
  const { format: _, ...file } = decodeJson(text, { name, schema, hint });
  // Both sides were written by this code; the check above is for files that are something else.
  return file as unknown as CallFile;
}
