import { CallGenerator, type GeneratedEvent, timeText } from './generate-call.ts';
import type { HistoryLength } from './history-length.ts';
import type { Profile } from './profiles.ts';
import type { Random } from './random.ts';
import type { Delivery } from './scenario.ts';

/** What a delivery depends on beside chance. */
export interface DeliveryContext {
  readonly profile: Profile;
  readonly length: HistoryLength;
  /** Is told what is done to a delivery. */
  readonly count: (what: string) => void;
}

/** Makes the callbacks of one call: its events with their copies, in some order, alone or together. */
export function generateDeliveries(
  random: Random,
  { callKey, ...context }: DeliveryContext & { readonly callKey: string | null },
): Delivery[] {
  const { profile, count } = context;
  const callLegId = `${hex(random, 8)}-0d4b-4b7e-9c1d-${hex(random, 12)}`;
  const events = new CallGenerator(random, callLegId, {
    startsAtMs: random.below(3_000),
    ...context.length,
  }).generate();
  // What is parked does not outlive retention, and then nobody can tell that it was.
  const mayBeParked = profile.keptSeconds === undefined;
  if (mayBeParked && callKey !== null && random.chance(0.05)) {
    count('E event of another call');
    events.push(strayEvent(random, events));
  }
  if (mayBeParked && random.chance(0.03)) {
    count('E malformed element');
    events.push(malformedEvent(callLegId, events));
  }
  const deliveries = deliver(random, { ...context, callKey, events: withCopies(random, events, context) });
  return profile.keptSeconds === undefined
    ? deliveries
    : [...deliveries, afterRetention(random, deliveries, profile.keptSeconds)];
}

/** A callback that comes once more when its call is erased. */
function afterRetention(random: Random, deliveries: readonly Delivery[], keptSeconds: number): Delivery {
  const lastMs = Math.max(...deliveries.map(({ atMs }) => atMs));
  const atMs = lastMs + 1000 * (2 * keptSeconds + random.below(1_200));
  return { ...random.pick(deliveries), atMs };
}

/** Events with their duplicates and their restamped duplicates. */
function withCopies(
  random: Random,
  events: readonly GeneratedEvent[],
  { length, count }: DeliveryContext,
): GeneratedEvent[] {
  const copies: GeneratedEvent[] = [];
  const duplicate = (event: GeneratedEvent) => {
    count('E duplicate delivery');
    copies.push({ ...event, atMs: event.atMs + random.below(random.chance(0.2) ? 300_000 : 5_000) });
  };
  const restamp = (event: GeneratedEvent) => {
    count('E restamped duplicate');
    const atMs = event.atMs + random.below(8_000);
    const eventTime = timeText(atMs, random.below(10_000));
    copies.push({ atMs, element: { ...event.element, eventTime } });
  };
  for (const event of events) {
    if (random.chance(length.duplicated)) duplicate(event);
    if (mayBeRestamped(event) && random.chance(length.restamped)) restamp(event);
  }
  if (copies.length === 0) {
    const event = random.pick(events);
    if (mayBeRestamped(event) && random.chance(0.3)) restamp(event);
    else duplicate(event);
  }
  return [...events, ...copies];
}

/** Two deliveries with one id and two times would be two events under one id, which ACS never sent. */
function mayBeRestamped({ element }: GeneratedEvent): boolean {
  return (element as { readonly id?: string | null }).id == null;
}

/** Puts events into callbacks: alone or with others, in time or late, and so in another order. */
function deliver(
  random: Random,
  {
    profile,
    length,
    count,
    callKey,
    events,
  }: DeliveryContext & { readonly callKey: string | null; readonly events: readonly GeneratedEvent[] },
): Delivery[] {
  const waiting = events.map(({ atMs, element }) => {
    const isLate = random.chance(profile.delayed);
    if (isLate) count('E delayed delivery');
    return { atMs: atMs + random.below(isLate ? 300_000 : 1_500), element };
  });
  waiting.sort((a, b) => a.atMs - b.atMs);
  const deliveries: Delivery[] = [];
  for (let from = 0; from < waiting.length; ) {
    const { from: fewest, to: most } = length.eventsPerCallback;
    const size = random.chance(length.merged) ? random.between(fewest, most) : 1;
    const batch = waiting.slice(from, from + size);
    from += batch.length;
    if (batch.length > 1) count('E merged into one callback');
    const last = batch.at(-1);
    if (last === undefined) break;
    deliveries.push({ atMs: last.atMs, callKey, elements: batch.map(({ element }) => element) });
  }
  return deliveries;
}

/** An event of another call under this call's URL. */
function strayEvent(random: Random, events: readonly GeneratedEvent[]): GeneratedEvent {
  const { atMs, element } = random.pick(events);
  const other = `${hex(random, 8)}-ffff-4b7e-9c1d-${hex(random, 12)}`;
  const { data, ...envelope } = element as { readonly data: object };
  const subject = `callLeg/${other}/callState`;
  return { atMs, element: { ...envelope, id: null, subject, data: { ...data, CallLegId: other } } };
}

function malformedEvent(callLegId: string, events: readonly GeneratedEvent[]): GeneratedEvent {
  const atMs = events[0]?.atMs ?? 0;
  const data = { CallLegId: callLegId, ToneInfo: { SequenceId: 'one' } };
  return {
    atMs,
    element: {
      id: null,
      eventType: 'Microsoft.Communication.DtmfReceived',
      eventTime: timeText(atMs, 0),
      data,
    },
  };
}

/** Hexadecimal digits by chance. */
export function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) text += random.below(0x1_0000_0000).toString(16).padStart(8, '0');
  return text.slice(0, digits);
}
