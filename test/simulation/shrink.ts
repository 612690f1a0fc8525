import { runHistory } from './run-history.ts';
import type { Delivery, Scenario } from './scenario.ts';
import type { Plant } from './world.ts';

/** How many histories a shrinking may run. */
const RUNS_MAX = 1_500;

/** A smaller scenario often needs another schedule to fail. */
const SEEDS_TRIED = 4;

/** The smallest scenario found that fails in the same way, and how. */
export interface Shrunk {
  readonly scenario: Scenario;
  readonly violations: readonly string[];
}

/**
 * Makes a failing scenario smaller: takes away faults, callbacks, their elements, workers and what is set otherwise, one
 * after the other, as long as the same invariant breaks.
 */
export async function shrink(failing: Scenario, plant?: Plant): Promise<Shrunk> {
  const shrinker = new Shrinker(plant);
  return shrinker.run(failing);
}

/** The invariant that a violation is of. */
export function invariantOf(violation: string): string {
  return violation.slice(0, violation.indexOf(':'));
}

class Shrinker {
  readonly #plant: Plant | undefined;
  #runs = 0;
  #invariant = '';
  #best: Shrunk | undefined;

  constructor(plant: Plant | undefined) {
    this.#plant = plant;
  }

  async run(failing: Scenario): Promise<Shrunk> {
    const { violations, injected } = await runHistory(failing, this.#plant);
    const [first] = violations;
    if (first === undefined) throw new RangeError('The scenario does not fail.');
    this.#invariant = invariantOf(first);
    this.#best = { scenario: failing, violations };
    await this.#improves({ ...failing, faults: { exactly: injected } });
    for (let before = -1; before !== sizeOf(this.#current) && this.#runs < RUNS_MAX; ) {
      before = sizeOf(this.#current);
      await this.#simplify();
      await this.#dropFaults();
      await this.#dropDeliveries();
      await this.#dropElements();
    }
    return { scenario: this.#current, violations: this.#best.violations };
  }

  get #current(): Scenario {
    if (this.#best === undefined) throw new RangeError('Nothing has run yet.');
    return this.#best.scenario;
  }

  /** Keeps the candidate when it fails in the same way, with its own seed or one of the next. */
  async #improves(candidate: Scenario): Promise<boolean> {
    for (let offset = 0; offset < SEEDS_TRIED && this.#runs < RUNS_MAX; offset++) {
      this.#runs += 1;
      const scenario = { ...candidate, seed: candidate.seed + offset };
      const { violations } = await runHistory(scenario, this.#plant);
      if (!violations.some(violation => invariantOf(violation) === this.#invariant)) continue;
      this.#best = { scenario, violations };
      return true;
    }
    return false;
  }

  async #simplify(): Promise<void> {
    const changes: ((scenario: Scenario) => Scenario)[] = [
      scenario => ({ ...scenario, clockSkewsMs: scenario.clockSkewsMs.slice(0, 1) }),
      scenario => ({ ...scenario, clockSkewsMs: scenario.clockSkewsMs.slice(0, 2) }),
      scenario => ({ ...scenario, clockSkewsMs: scenario.clockSkewsMs.map(() => 0) }),
      scenario => ({ ...scenario, sweepEverySeconds: null }),
      scenario => ({ ...scenario, maxDequeueCount: 8 }),
      scenario => ({ ...scenario, hiddenSeconds: 600 }),
      scenario => ({ ...scenario, keptSeconds: null }),
      scenario => ({ ...scenario, placed: null }),
    ];
    for (const change of changes) {
      const candidate = change(this.#current);
      if (JSON.stringify(candidate) !== JSON.stringify(this.#current)) await this.#improves(candidate);
    }
  }

  async #dropFaults(): Promise<void> {
    const { faults } = this.#current;
    if (!('exactly' in faults)) return;
    await this.#dropParts(Object.entries(faults.exactly), kept => ({
      ...this.#current,
      faults: { exactly: Object.fromEntries(kept) },
    }));
  }

  async #dropDeliveries(): Promise<void> {
    await this.#dropParts(this.#current.deliveries, deliveries => ({ ...this.#current, deliveries }));
    await this.#dropParts(this.#current.placed ?? [], placed => ({ ...this.#current, placed }));
    for (const [index, call] of (this.#current.placed ?? []).entries()) {
      await this.#dropParts(call.told, told => ({
        ...this.#current,
        placed: (this.#current.placed ?? []).with(index, { ...call, told }),
      }));
    }
  }

  async #dropElements(): Promise<void> {
    const elements = this.#current.deliveries.flatMap((delivery, index) =>
      delivery.elements.map(element => ({ index, element })),
    );
    const { deliveries } = this.#current;
    await this.#dropParts(elements, kept => ({
      ...this.#current,
      deliveries: withElements(deliveries, kept),
    }));
  }

  /** Takes parts away, the largest first. */
  async #dropParts<Part>(
    parts: readonly Part[],
    rebuild: (kept: readonly Part[]) => Scenario,
  ): Promise<void> {
    let kept = parts;
    for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < kept.length; ) {
        const without = [...kept.slice(0, from), ...kept.slice(from + size)];
        if (await this.#improves(rebuild(without))) kept = without;
        else from += size;
      }
    }
  }
}

function withElements(
  deliveries: readonly Delivery[],
  kept: readonly { readonly index: number; readonly element: object }[],
): Delivery[] {
  return deliveries.flatMap((delivery, index) => {
    const elements = kept.filter(each => each.index === index).map(({ element }) => element);
    return elements.length === 0 ? [] : [{ ...delivery, elements }];
  });
}

function sizeOf({ deliveries, placed, faults, clockSkewsMs }: Scenario): number {
  const all = [...deliveries, ...(placed ?? []).flatMap(({ told }) => told)];
  const elements = all.reduce((sum, delivery) => sum + delivery.elements.length, placed?.length ?? 0);
  const faultCount = 'exactly' in faults ? Object.keys(faults.exactly).length : 1_000;
  return elements + faultCount + clockSkewsMs.length;
}
