import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { isCallKey } from '../ids/call-key.ts';
import { safeParseHot } from '../json/hot-schema.ts';
import { isDeeperThan } from '../json/is-deeper-than.ts';
import { lazily } from '../lazily.ts';
import { MESSAGE_LIMIT_BYTES } from './queue.ts';

/**
 * Events of one call that came in one callback, on their way to be processed.
 *
 * On the wire no top-level key may be one that the Functions host takes for metadata (`id`, `dequeueCount`,
 * `insertionTime`, `expirationTime`, `nextVisibleTime`, `popReceipt`, `queueTrigger`): it would overwrite its own.
 */
export interface CallEventsMessage {
  readonly callKey: string;
  /** The server call that the events are reports on: its call may have another key, which is to be found. */
  readonly serverCallId?: string | undefined;
  /** When the callback was received, as an event time. */
  readonly receivedAt: string;
  /** How often the message was put again after a transient fault. */
  readonly attempt: number;
  /** How often the message was taken up again by itself after the host had given it up. */
  readonly replays?: number | undefined;
  /** W3C trace context of the callback; the queue itself carries none. */
  readonly traceparent: string | null;
  /** The elements of the callback as they came. */
  readonly elements: readonly unknown[];
}

/** Above this many bytes the elements are deflated. */
const PLAIN_LIMIT_BYTES = 8_192;

/** Kept free in a message's first form: later ones count their attempts with more digits, and their replays. */
const ROOM_FOR_COUNTS_BYTES = 32;

/**
 * Inflated, a message may not be larger than the largest callback, by far. A callback can come near it all the same:
 * its numbers may be written short (1e20), and are not here.
 */
const INFLATED_LIMIT_BYTES = 4 * 1_048_576;

/** More than the deepest callback that is let in, with the levels of the message itself. */
const DEPTH_MAX = 510;

const wireSchema = lazily(() =>
  z.object({
    v: z.literal(1),
    callKey: z.string().refine(isCallKey),
    serverCallId: z.string().optional(),
    receivedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
    attempt: z.int().min(0),
    replays: z.int().min(0).optional(),
    traceparent: z.string().nullable(),
    elements: z.array(z.unknown()).optional(),
    deflated: z.base64().optional(),
  }),
);

/**
 * Puts a message into as few texts as fit the queue: one, unless the elements are very many or very large.
 * `tooLarge` are the elements that do not fit even alone and deflated.
 */
export function encodeCallEvents(message: CallEventsMessage): {
  readonly texts: readonly string[];
  readonly tooLarge: readonly unknown[];
} {
  const text = encodeText(message);
  const room = message.attempt === 0 && message.replays === undefined ? ROOM_FOR_COUNTS_BYTES : 0;
  const fits = text !== undefined && Buffer.byteLength(text) + room <= MESSAGE_LIMIT_BYTES;
  if (fits) return { texts: [text], tooLarge: [] };
  const { elements } = message;
  if (elements.length <= 1) return { texts: [], tooLarge: elements };
  const middle = Math.ceil(elements.length / 2);
  const halves = [elements.slice(0, middle), elements.slice(middle)].map(half =>
    encodeCallEvents({ ...message, elements: half }),
  );
  return {
    texts: halves.flatMap(half => half.texts),
    tooLarge: halves.flatMap(half => half.tooLarge),
  };
}

/** Undefined when the elements are more than a reader would inflate. */
function encodeText({ elements, ...envelope }: CallEventsMessage): string | undefined {
  const plain = JSON.stringify(elements);
  const bytes = Buffer.byteLength(plain);
  if (bytes > INFLATED_LIMIT_BYTES) return undefined;
  const head = JSON.stringify({ v: 1, ...envelope }).slice(0, -1);
  if (bytes <= PLAIN_LIMIT_BYTES) return `${head},"elements":${plain}}`;
  return `${head},"deflated":"${deflateRawSync(plain).toString('base64')}"}`;
}

/** Reads a message's text; undefined when it is none of ours. */
export function decodeCallEvents(text: string): CallEventsMessage | undefined {
  try {
    const parsed = safeParseHot(wireSchema(), parseJson(text));
    if (!parsed.success) return undefined;
    const { v: _, elements, deflated, ...envelope } = parsed.data;
    return { ...envelope, elements: elements ?? inflateElements(deflated ?? '') };
  } catch {
    // Not JSON, or damaged: all one to the caller, who keeps the text.
    return undefined;
  }
}

function inflateElements(deflated: string): unknown[] {
  const inflated = inflateRawSync(Buffer.from(deflated, 'base64'), { maxOutputLength: INFLATED_LIMIT_BYTES });
  return z.array(z.unknown()).parse(parseJson(inflated.toString('utf8')));
}

/** What is nested so deep that a walk over it could run out of stack is none of ours: no callback is let in with it. */
function parseJson(text: string): unknown {
  if (isDeeperThan(text, DEPTH_MAX)) throw new RangeError(`Nested deeper than ${DEPTH_MAX} levels.`);
  return JSON.parse(text);
}
