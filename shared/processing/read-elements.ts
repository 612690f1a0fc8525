import { dialectOf } from '../dialects/dialects.ts';
import { fingerprintOf } from '../dialects/fingerprint.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallEventsMessage } from '../queues/call-events-message.ts';

/** The elements of a message, read. */
export interface ReadElements {
  readonly events: readonly CallEvent[];
  /** The element of each event, by fingerprint. */
  readonly elementOf: ReadonlyMap<string, unknown>;
  /** Elements that were valid when they were received and are not to this version. */
  readonly unreadable: readonly { readonly element: unknown; readonly detail: string }[];
}

/** Reads the elements of a message, each in its dialect. */
export function readElements({ elements, receivedAt }: CallEventsMessage): ReadElements {
  const events: CallEvent[] = [];
  const elementOf = new Map<string, unknown>();
  const unreadable: { element: unknown; detail: string }[] = [];
  for (const element of elements) {
    const dialect = dialectOf(element);
    const read = dialect?.read(element, receivedAt as EventTime);
    if (dialect === undefined || read === undefined) {
      unreadable.push({ element, detail: 'no event of a known dialect' });
    } else if (read.ok) {
      const { wireId, at, payload } = read.event;
      const fingerprint = fingerprintOf(read.event);
      const envelope = {
        fingerprint,
        at,
        receivedAt: receivedAt as EventTime,
        dialect: dialect.name,
        wireId,
      };
      events.push({ ...envelope, ...payload });
      elementOf.set(fingerprint, element);
    } else {
      const detail = read.issues.map(issue => `${issue.pointer}: ${issue.message}`).join('; ');
      unreadable.push({ element, detail });
    }
  }
  return { events, elementOf, unreadable };
}
