import { Counts } from './counts.ts';
import { type DeliveryContext, generateDeliveries, hex } from './generate-deliveries.ts';
import { BRIEF, type HistoryLength, isBrief, LONG } from './history-length.ts';
import { PROFILES, type Profile, type ProfileName } from './profiles.ts';
import { Random } from './random.ts';
import type { Delivery, PlacedCall, Scenario } from './scenario.ts';

const SKEW_MS = 60_000;

/** The chance that the call is one of ours, and that one of ours is placed beside it of which nothing is ever heard. */
const PLACED = 0.12;
const UNHEARD = 0.04;

/** A scenario that follows from its seed and profile alone, and what befell its deliveries. */
export interface Generated {
  readonly scenario: Scenario;
  /** How often each kind of thing was done to a delivery. */
  readonly counts: Counts;
}

/** Makes the scenario of a seed, which says as well whether it is brief unless told. */
export function generateScenario(seed: number, profileName: ProfileName, brief = isBrief(seed)): Generated {
  const random = new Random(seed, 100);
  const profile: Profile = PROFILES[profileName];
  const counts = new Counts();
  const count = (what: string) => counts.add(what);
  const length = brief ? BRIEF : LONG;
  const calls = generateCalls(random, { profile, length, count });
  const workers = random.pick(profile.workers);
  const clockSkewsMs = Array.from({ length: workers }, () =>
    random.chance(0.5) ? random.between(-SKEW_MS, SKEW_MS) : 0,
  );
  if (clockSkewsMs.some(skewMs => skewMs !== 0)) count('E clock off');
  const scenario: Scenario = {
    seed,
    clockSkewsMs,
    provider: random.pick(profile.providers),
    decider: random.pick(length.deciders),
    ...calls,
    faults: { perStep: profile.faultsPerStep, withCrashes: profile.withCrashes ?? true },
    sweepEverySeconds: sweepEverySeconds(random, profile, length),
    maxDequeueCount: random.pick(profile.maxDequeueCounts),
    hiddenSeconds: random.pick(profile.hiddenSeconds),
    keptSeconds: profile.keptSeconds ?? null,
    isBrief: brief,
  };
  return { scenario, counts };
}

function sweepEverySeconds(random: Random, profile: Profile, { swept }: HistoryLength): number | null {
  const { sweepEverySeconds: choices } = profile;
  const isNeeded = !choices.includes(null);
  return isNeeded || random.chance(swept) ? random.pick(choices) : null;
}

function generateCalls(random: Random, context: DeliveryContext): Pick<Scenario, 'deliveries' | 'placed'> {
  const { ours } = context.profile;
  if (ours !== undefined) return { deliveries: [], placed: placedCalls(random, context, ours) };
  const askedAtMs = random.below(3_000);
  if (random.chance(PLACED))
    return { deliveries: [], placed: [{ askedAtMs, told: toldOfPlaced(random, context) }] };
  const calls = random.chance(context.length.twoCalls) ? 2 : 1;
  const deliveries: Delivery[] = [];
  for (let number = 0; number < calls; number++) {
    const callKey = random.chance(0.7) ? `c${hex(random, 16)}` : null;
    deliveries.push(...generateDeliveries(random, { ...context, callKey }));
  }
  return { deliveries, placed: random.chance(UNHEARD) ? [{ askedAtMs, told: [] }] : [] };
}

/** Calls that are run by a flow, or share the lines of one number. */
function placedCalls(
  random: Random,
  context: DeliveryContext,
  ours: NonNullable<Profile['ours']>,
): PlacedCall[] {
  const { flows, needLine } = ours;
  const calls = needLine ? random.between(2, 3) : 1;
  return Array.from({ length: calls }, () => {
    const told = random.chance(UNHEARD) && calls > 1 ? [] : toldOfPlaced(random, context);
    const call = { askedAtMs: random.below(3_000), told, needsLine: needLine };
    if (flows.length === 0) return call;
    return { ...call, flow: random.pick(flows), toldAgain: toldOfPlaced(random, context) };
  });
}

function toldOfPlaced(random: Random, context: DeliveryContext): Delivery[] {
  return generateDeliveries(random, { ...context, callKey: PLACED_CALL });
}

/** Stands for the key that the call will have, which is made when it is asked for. */
const PLACED_CALL = 'placed';
