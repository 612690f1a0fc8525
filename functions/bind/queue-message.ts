import type { InvocationContext } from '@azure/functions';
import { eventTimeOf } from '../../shared/clock.ts';
import type { EventTime } from '../../shared/domain/event-time.ts';

/** Strict, and keeps a byte order mark: what is parked is to be what was put. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a queue message, as it was put; of one that is no UTF-8 text the base64 that lay in the queue. Bound as
 * binary it comes as bytes, untouched by the host's and the library's parsing; run by hand through the admin endpoint
 * it may come as text, or parsed.
 */
export function messageText(message: unknown): string {
  if (!(message instanceof Uint8Array))
    return typeof message === 'string' ? message : JSON.stringify(message);
  try {
    return utf8.decode(message);
  } catch {
    return Buffer.from(message).toString('base64');
  }
}

/** How often a message was taken, this time included; once where the trigger does not tell. */
export function dequeueCount(context: InvocationContext): number {
  const told = Number(context.triggerMetadata?.['dequeueCount']);
  return Number.isInteger(told) && told > 0 ? told : 1;
}

/**
 * When a message was put, as the trigger tells it. A key of that name in the message's own body would hide the real
 * one, hence the check; it only places what has to be parked.
 */
export function insertedAt(context: InvocationContext): EventTime {
  const told = context.triggerMetadata?.['insertionTime'];
  const epochMs = typeof told === 'string' ? Date.parse(told) : Number.NaN;
  return eventTimeOf(Number.isNaN(epochMs) ? Date.now() : epochMs);
}
