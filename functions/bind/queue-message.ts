import type { InvocationContext } from '@azure/functions';
import { eventTimeOf } from '../../shared/clock.ts';
import type { EventTime } from '../../shared/domain/event-time.ts';

/**
 * The text of a queue message, as it was put. Bound as binary it comes as bytes, untouched by the host's and the
 * library's parsing; run by hand through the admin endpoint it may come as text, or parsed.
 */
export function messageText(message: unknown): string {
  if (message instanceof Uint8Array) return new TextDecoder().decode(message);
  return typeof message === 'string' ? message : JSON.stringify(message);
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
