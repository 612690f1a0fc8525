import type { DeciderName } from './deciders/deciders.ts';
import { CallGenerator, type GeneratedEvent, timeText } from './generate-call.ts';
import { Random } from './random.ts';
import type { Delivery, ProviderProfile, Scenario } from './scenario.ts';

/** What a kind of history is like. */
export interface Profile {
  /** Faults in every step, by chance. */
  readonly faultsPerStep: number;
  /** Whether processes die; they do, unless told. */
  readonly withCrashes?: boolean;
  readonly workers: readonly number[];
  readonly providers: readonly ProviderProfile[];
  /** The chance that a callback comes minutes late. */
  readonly delayed: number;
  readonly sweepEverySeconds: readonly (number | null)[];
  readonly maxDequeueCounts: readonly number[];
  readonly hiddenSeconds: readonly number[];
}

/** The kinds of histories; a run without a choice goes through all of them. */
export const PROFILES = {
  calm: {
    faultsPerStep: 0,
    workers: [1, 2],
    providers: ['preview', 'repeatable'],
    delayed: 0.05,
    sweepEverySeconds: [300, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  bursty: {
    faultsPerStep: 0.01,
    workers: [2, 3],
    providers: ['preview', 'repeatable'],
    delayed: 0,
    sweepEverySeconds: [300, 600, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  crashy: {
    faultsPerStep: 0.04,
    workers: [2, 2, 3],
    providers: ['preview', 'repeatable'],
    delayed: 0.1,
    sweepEverySeconds: [300, 600, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  repeatable: {
    faultsPerStep: 0.03,
    workers: [2],
    providers: ['repeatable'],
    delayed: 0.05,
    sweepEverySeconds: [300, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  unreliable: {
    faultsPerStep: 0.02,
    withCrashes: false,
    workers: [1, 2],
    providers: ['preview', 'repeatable'],
    delayed: 0.02,
    sweepEverySeconds: [300, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  unswept: {
    faultsPerStep: 0.04,
    workers: [1, 2],
    providers: ['preview', 'repeatable'],
    delayed: 0.02,
    sweepEverySeconds: [null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600, 30, 30],
  },
  poison: {
    faultsPerStep: 0.05,
    workers: [1, 2],
    providers: ['preview', 'repeatable'],
    delayed: 0.1,
    sweepEverySeconds: [60, 300],
    maxDequeueCounts: [1, 2, 3],
    hiddenSeconds: [600],
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

/** In the order in which seeds go through them. */
export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];

const DUPLICATED = 0.3;
const RESTAMPED = 0.15;
const SKEW_MS = 60_000;

/** A scenario that follows from its seed and profile alone, and what befell its deliveries. */
export interface Generated {
  readonly scenario: Scenario;
  /** How often each kind of thing was done to a delivery. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Makes the scenario of a seed. */
export function generateScenario(seed: number, profileName: ProfileName): Generated {
  const random = new Random(seed, 100);
  const profile: Profile = PROFILES[profileName];
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const deliveries = generateDeliveries(random, { profile, count });
  const workers = random.pick(profile.workers);
  const clockSkewsMs = Array.from({ length: workers }, () =>
    random.chance(0.5) ? random.between(-SKEW_MS, SKEW_MS) : 0,
  );
  if (clockSkewsMs.some(skewMs => skewMs !== 0)) count('E clock off');
  const scenario: Scenario = {
    seed,
    clockSkewsMs,
    provider: random.pick(profile.providers),
    decider: random.pick<DeciderName>(['menu', 'menu', 'announcements', 'announcements', 'listening']),
    deliveries,
    faults: { perStep: profile.faultsPerStep, withCrashes: profile.withCrashes ?? true },
    sweepEverySeconds: random.pick(profile.sweepEverySeconds),
    maxDequeueCount: random.pick(profile.maxDequeueCounts),
    hiddenSeconds: random.pick(profile.hiddenSeconds),
  };
  return { scenario, counts };
}

interface DeliveryContext {
  readonly profile: Profile;
  readonly count: (what: string) => void;
}

function generateDeliveries(random: Random, context: DeliveryContext): Delivery[] {
  const calls = random.chance(0.05) ? 2 : 1;
  const deliveries: Delivery[] = [];
  for (let number = 0; number < calls; number++) {
    const callLegId = `${hex(random, 8)}-0d4b-4b7e-9c1d-${hex(random, 12)}`;
    const callKey = random.chance(0.7) ? `c${hex(random, 16)}` : null;
    const events = new CallGenerator(random, callLegId, random.below(3_000)).generate();
    if (callKey !== null && random.chance(0.05)) {
      context.count('E event of another call');
      events.push(strayEvent(random, events));
    }
    if (random.chance(0.03)) {
      context.count('E malformed element');
      events.push(malformedEvent(callLegId, events));
    }
    deliveries.push(...deliver(random, { ...context, callKey, events: withCopies(random, events, context) }));
  }
  return deliveries;
}

/** Events with their duplicates and their restamped duplicates. */
function withCopies(
  random: Random,
  events: readonly GeneratedEvent[],
  { count }: DeliveryContext,
): GeneratedEvent[] {
  const copies: GeneratedEvent[] = [];
  for (const event of events) {
    if (random.chance(DUPLICATED)) {
      count('E duplicate delivery');
      copies.push({ ...event, atMs: event.atMs + random.below(random.chance(0.2) ? 300_000 : 5_000) });
    }
    // Two deliveries with one id and two times would be two events under one id, which ACS never sent.
    const { id } = event.element as { readonly id?: string | null };
    if (id == null && random.chance(RESTAMPED)) {
      count('E restamped duplicate');
      const atMs = event.atMs + random.below(8_000);
      const eventTime = timeText(atMs, random.below(10_000));
      copies.push({ atMs, element: { ...event.element, eventTime } });
    }
  }
  return [...events, ...copies];
}

/** Puts events into callbacks: alone or with others, in time or late, and so in another order. */
function deliver(
  random: Random,
  {
    profile,
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
    const size = random.chance(0.75) ? random.between(2, 5) : 1;
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

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => random.below(16).toString(16)).join('');
}
