import * as z from 'zod';
import { identityOf, numberOrRawId } from './identity.ts';

const seconds = z.number().min(0).max(86_400);

/** A time, or two between which chance picks one. */
const duration = z.union([seconds, z.tuple([seconds, seconds])], 'expected seconds, or [least, most]');

/** Keys to press: digits, `*`, `#`, `A` to `D`, and `F` for flash. */
export const keysSchema = z.string().regex(/^[0-9*#A-DF]{1,32}$/, 'expected keys such as 1 or 12#');

/** What somebody says. */
export const spokenSchema = z.string().min(1).max(1_000);

/** One thing that somebody on a call does, as it is written. */
export const stepSchema = z
  .strictObject({
    /** Being connected, a prompt that begins, or a tone that this callee pressed. */
    on: z.enum(['connected', 'prompt', 'tone']),
    /** Which prompt or tone, counted from 1 as this callee meets them; without it, each. */
    nth: z.int().min(1).optional(),
    afterSeconds: duration.default(0),
    /** Pressed 0.3 s apart. */
    press: keysSchema.optional(),
    /** Said, for whoever recognizes speech. */
    say: spokenSchema.optional(),
    do: z.enum(['hangUp', 'mute', 'unmute']).optional(),
  })
  .refine(
    ({ press, say, do: deed }) => [press, say, deed].filter(part => part !== undefined).length === 1,
    'expected press, say or do',
  );

const script = z.discriminatedUnion('pickUp', [
  z.strictObject({
    pickUp: z.literal('answer'),
    afterSeconds: duration.default(2),
    steps: z.array(stepSchema).max(100).default([]),
  }),
  z.strictObject({ pickUp: z.literal('never') }),
  z.strictObject({ pickUp: z.literal('busy'), afterSeconds: duration.default(1) }),
  z.strictObject({ pickUp: z.literal('decline'), afterSeconds: duration.default(3) }),
  z.strictObject({
    pickUp: z.literal('voicemail'),
    afterSeconds: duration.default(15),
    recordsForSeconds: duration.default(60),
  }),
]);

/** `*` stands for anything; compared with the raw id and, for a telephone, the bare number. */
const pattern = z.string().min(1).max(256);

const conversation = z.strictObject({
  match: pattern,
  members: z
    .array(
      z.strictObject({
        identity: z.string().min(1).max(256),
        joinsAfterSeconds: duration.default(0),
        steps: z.array(stepSchema).max(100).default([]),
      }),
    )
    .max(350),
});

/** Who answers the telephone, and how. */
export const calleeBookSchema = z
  .strictObject({
    scripts: z.record(z.string(), script).default({}),
    callees: z.array(z.strictObject({ match: pattern, script: z.union([z.string(), script]) })).default([]),
    conversations: z.array(conversation).default([]),
  })
  .superRefine(({ scripts, callees }, context) => {
    for (const [index, { script: name }] of callees.entries()) {
      if (typeof name !== 'string' || Object.hasOwn(scripts, name)) continue;
      const message = `there is no script "${name}"; there are: ${Object.keys(scripts).join(', ') || 'none'}`;
      context.addIssue({ code: 'custom', path: ['callees', index, 'script'], message });
    }
  });

/** As it is written in a file. */
export type CalleeBookInput = z.input<typeof calleeBookSchema>;

/** The scripts of callees and conversations, and to whom they belong. */
export type CalleeBook = z.output<typeof calleeBookSchema>;

/** What a callee does. */
export type CalleeScript = z.output<typeof script>;

/** One thing that somebody on a call does. */
export type Step = z.output<typeof stepSchema>;

/** Who comes to a conversation. */
export type ConversationScript = z.output<typeof conversation>;

/** Seconds, or two bounds. */
export type Duration = z.output<typeof duration>;

/** Whom no rule names answers after two seconds and says nothing. */
const SILENT: CalleeScript = { pickUp: 'answer', afterSeconds: 2, steps: [] };

/** The script of whoever has this raw id: that of the first rule that matches. */
export function scriptFor(book: CalleeBook, rawId: string): CalleeScript {
  const bare = numberOrRawId(identityOf(rawId));
  const rule = book.callees.find(({ match }) => matches(match, rawId) || matches(match, bare));
  if (rule === undefined) return SILENT;
  return typeof rule.script === 'string' ? (book.scripts[rule.script] ?? SILENT) : rule.script;
}

/** The script of a conversation: that of the first rule that matches; undefined when there is no such conversation. */
export function conversationFor(book: CalleeBook, id: string): ConversationScript | undefined {
  return book.conversations.find(({ match }) => matches(match, id));
}

/** Picks a time. */
export function pickSeconds(value: Duration, random: () => number): number {
  if (typeof value === 'number') return value;
  const [least, most] = value;
  return least + (most - least) * random();
}

function matches(match: string, text: string): boolean {
  if (!match.includes('*')) return match === text;
  const [head = '', ...rest] = match.split('*');
  const tail = rest.pop() ?? '';
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}
