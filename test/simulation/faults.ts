import type { Random } from './random.ts';
import type { Faults } from './scenario.ts';

/**
 * What can go wrong with one step, by name.
 *
 * `crashBefore` and `crashAfter`: the process dies before or after the step took effect · `lost`: it never took effect,
 * and fails · `unanswered`: it took effect, and fails · `appliedLate`: it fails, and takes effect a while later ·
 * `throttled`: refused for the moment · `refused`: refused for good · `slowBefore`: takes long to take effect ·
 * `slowAfter`: takes effect, and the answer takes long · `shortLease`: what was received is visible again too early.
 */
export const FAULT_NAMES = [
  'crashBefore',
  'crashAfter',
  'lost',
  'unanswered',
  'appliedLate',
  'throttled',
  'refused',
  'slowBefore',
  'slowAfter',
  'shortLease',
] as const;

/** One of {@link FAULT_NAMES}. */
export type FaultName = (typeof FAULT_NAMES)[number];

/** What a step does, as far as it decides which faults can hit it. */
export type StepKind = 'read' | 'write' | 'send' | 'receive' | 'host' | 'http';

/** The more often a fault is named, the likelier it is. */
const POSSIBLE: Readonly<Record<StepKind, readonly FaultName[]>> = {
  read: ['crashBefore', 'crashAfter', 'lost', 'throttled', 'slowAfter'],
  write: [
    'crashBefore',
    'crashBefore',
    'crashAfter',
    'crashAfter',
    'lost',
    'unanswered',
    'unanswered',
    'appliedLate',
    'throttled',
    'slowBefore',
    'slowAfter',
  ],
  send: [
    'crashBefore',
    'crashAfter',
    'crashAfter',
    'lost',
    'unanswered',
    'unanswered',
    'throttled',
    'throttled',
    'refused',
    'slowBefore',
    'slowAfter',
  ],
  receive: ['crashBefore', 'crashAfter', 'shortLease'],
  host: ['crashBefore', 'crashAfter', 'lost', 'unanswered'],
  http: ['crashBefore', 'crashAfter'],
};

/** Sends are few beside storage requests, and what can go wrong with them is the heart of the matter. */
const SEND_WEIGHT = 10;

/** After so many steps a history is left alone, so that it can come to rest. */
const STEPS_WITH_FAULTS = 500;

/** Decides which steps of a history go wrong, and remembers which did. */
export class FaultPlan {
  /** What went wrong, by the step it hit. */
  readonly injected: Record<string, FaultName> = {};
  readonly #faults: Faults;
  readonly #random: Random;
  readonly #seen = new Map<string, number>();
  #steps = 0;
  #isOver = false;

  constructor(faults: Faults, random: Random) {
    this.#faults = faults;
    this.#random = random;
  }

  /**
   * What goes wrong with the step, if anything. A step is known by its name and by how many of that name there were
   * before, so that a fault stays where it was when others are taken away.
   */
  next(step: string, kind: StepKind): FaultName | undefined {
    const count = (this.#seen.get(step) ?? 0) + 1;
    this.#seen.set(step, count);
    const fault = this.#draw(step, count, kind);
    if (fault !== undefined) this.injected[`${step} ${count}`] = fault;
    return fault;
  }

  /** From now on nothing goes wrong by chance. */
  end(): void {
    this.#isOver = true;
  }

  /** The steps that were taken, each with its name and number. */
  steps(): string[] {
    return [...this.#seen].flatMap(([step, count]) =>
      Array.from({ length: count }, (_, index) => `${step} ${index + 1}`),
    );
  }

  #draw(step: string, count: number, kind: StepKind): FaultName | undefined {
    if ('exactly' in this.#faults) return this.#faults.exactly[`${step} ${count}`];
    this.#steps += 1;
    if (this.#isOver || this.#steps > STEPS_WITH_FAULTS) return undefined;
    const perStep = kind === 'send' ? this.#faults.perStep * SEND_WEIGHT : this.#faults.perStep;
    if (!this.#random.chance(perStep)) return undefined;
    const fault = this.#random.pick(POSSIBLE[kind]);
    return fault.startsWith('crash') && !this.#faults.withCrashes ? undefined : fault;
  }
}
