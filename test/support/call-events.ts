import { dialectOf } from '../../shared/dialects/dialects.ts';
import { fingerprintOf } from '../../shared/dialects/fingerprint.ts';
import { parseEventTime } from '../../shared/dialects/parse-event-time.ts';
import type { Call } from '../../shared/domain/call.ts';
import type { CallEvent, EventPayload } from '../../shared/domain/call-event.ts';
import type { EventTime } from '../../shared/domain/event-time.ts';
import { reduceCall } from '../../shared/domain/reduce-call.ts';
import type { Signal } from '../../shared/domain/signal.ts';
import { hash22 } from '../../shared/ids/hash22.ts';

/** The key of every call that tests fold. */
export const CALL_KEY = 'c01j0000000000000000000000';

/** Reads a time that is known to be one. */
export function timeOf(text: string): EventTime {
  const time = parseEventTime(text);
  if (time === undefined) throw new Error(`Not a time: ${text}`);
  return time;
}

/** The given number of seconds, or parts of one, after 20:00 on 5 May 2021. */
export function atSecond(second: number): EventTime {
  return timeOf(new Date(Date.UTC(2021, 4, 5, 20) + second * 1000).toISOString());
}

/** An event of a call, as the use cases hand it to the reducer. Equal content at an equal time is the same event. */
export function callEvent(
  at: EventTime,
  payload: EventPayload,
  { wireId = 'leg-1', fingerprint = hash22(JSON.stringify([at, payload])) } = {},
): CallEvent {
  return { fingerprint, at, receivedAt: at, dialect: 'preview-2021-04', wireId, ...payload };
}

/** An element of any dialect as an event of its call; throws on one that is malformed. */
export function eventOfElement(element: unknown): CallEvent {
  const dialect = dialectOf(element);
  const result = dialect?.read(element);
  if (dialect === undefined || !result?.ok) throw new Error(`Malformed: ${JSON.stringify(result)}`);
  const { at, wireId, payload } = result.event;
  const event = callEvent(at, payload, { wireId: wireId ?? '', fingerprint: fingerprintOf(result.event) });
  return { ...event, dialect: dialect.name };
}

/** The same event told again with another time: what a sender does that stamps each delivery anew. */
export function restamped(event: CallEvent, at: EventTime): CallEvent {
  return { ...event, at, fingerprint: `${event.fingerprint}@${at}` };
}

/** What a call becomes with these events, one after the other, with every signal on the way. */
export function fold(events: readonly CallEvent[]): {
  readonly call: Call;
  readonly signals: readonly Signal[];
} {
  let call: Call | undefined;
  const signals: Signal[] = [];
  for (const event of events) {
    const handled = reduceCall(call, event, CALL_KEY);
    call = handled.call;
    signals.push(...handled.signals);
  }
  if (call === undefined) throw new Error('A call begins with an event');
  return { call, signals };
}

/** The events by time, as a sender would have sent them. */
export function inTimeOrder(events: readonly CallEvent[]): CallEvent[] {
  return events.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
