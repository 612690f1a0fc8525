import { nextTick } from 'node:process';
import { StorageError } from '../../shared/store/storage-error.ts';
import type { FaultName, FaultPlan, StepKind } from './faults.ts';
import type { Random } from './random.ts';

/** Whoever takes steps: a process of the app, which can die. */
export interface Actor {
  /** Counts its lives; a step of an earlier life never comes back. */
  readonly life: number;
  crash(): void;
}

/** One asynchronous step of the system, as the scheduler sees it. */
export interface Step<Result> {
  /** What it is, named after the row of the fault table that it belongs to: `W3 commit`. */
  readonly name: string;
  readonly kind: StepKind;
  /** Takes effect at once, also where it gives a promise. */
  effect(): Result | Promise<Result>;
  /** What the caller gets when the step fails; without it the promise rejects with a StorageError. */
  failed?(fault: FaultName): Result;
  /** What the caller gets under `shortLease`. */
  hurried?(): Result | Promise<Result>;
}

interface Waiting {
  readonly step: Step<unknown>;
  readonly actor: Actor;
  readonly life: number;
  readonly wasSlow: boolean;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

interface Timed {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

const SLOW_MS = { from: 500, to: 500_000 } as const;

/**
 * Owns every asynchronous step of a history: nothing happens until it is picked, by chance, from all that could happen
 * next. Between two picks everything that follows from the last one has run.
 *
 * Time is virtual. It creeps on with every step and jumps when there is nothing to do.
 */
export class Scheduler {
  /** Steps taken so far, and things that were put off and came due. */
  steps = 0;
  /** Milliseconds since 1970. */
  nowMs: number;
  /** Sees every step that is taken, for a trace. */
  onStep: ((name: string, actor: Actor, fault: FaultName | undefined) => void) | undefined;
  readonly #random: Random;
  readonly #faults: FaultPlan;
  readonly #onFault: (step: string, fault: FaultName) => void;
  #ready: Waiting[] = [];
  /** The one that is due first comes last. */
  readonly #timed: Timed[] = [];
  #order = 0;

  constructor(options: {
    readonly startMs: number;
    readonly random: Random;
    readonly faults: FaultPlan;
    readonly onFault: (step: string, fault: FaultName) => void;
  }) {
    this.nowMs = options.startMs;
    this.#random = options.random;
    this.#faults = options.faults;
    this.#onFault = options.onFault;
  }

  /** Has a step taken some time; the promise never settles when the actor dies before. */
  take<Result>(actor: Actor, step: Step<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#ready.push({
        step: step as Step<unknown>,
        actor,
        life: actor.life,
        wasSlow: false,
        resolve: resolve as (result: unknown) => void,
        reject,
      });
    });
  }

  /** Runs something when a time has come. */
  at(atMs: number, run: () => void): void {
    const timed = { atMs, order: this.#order++, run };
    let place = this.#timed.length;
    for (; place > 0; place--) {
      const other = this.#timed[place - 1];
      if (other === undefined || other.atMs > atMs) break;
    }
    this.#timed.splice(place, 0, timed);
  }

  /** Resolves in so many milliseconds; never, when the actor dies before. */
  sleep(actor: Actor, ms: number): Promise<void> {
    const { life } = actor;
    return new Promise(resolve => {
      this.at(this.nowMs + ms, () => {
        if (actor.life === life) resolve();
      });
    });
  }

  /** Whether any step waits to be taken, or for an answer. */
  get isIdle(): boolean {
    return this.#ready.length === 0;
  }

  /** When the next thing is due that was put off; undefined when there is none. */
  get nextDueMs(): number | undefined {
    return this.#timed.at(-1)?.atMs;
  }

  /**
   * Takes steps until there is nothing more to do.
   *
   * @param options.offer brings in what has become possible; returns when to look again, if there is nothing now.
   * @param options.stepsMax a history that takes more does not come to rest.
   */
  run(options: {
    readonly offer: () => number | undefined;
    readonly stepsMax: number;
  }): Promise<'rest' | 'noRest'> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        try {
          const wakesAtMs = options.offer();
          if (this.steps > options.stepsMax) resolve('noRest');
          else if (this.#runDue() || this.#takeOne() || this.#jump(wakesAtMs)) again();
          else resolve('rest');
        } catch (error) {
          reject(error);
        }
      };
      const again = afterMicrotasks(turn);
      again();
    });
  }

  #runDue(): boolean {
    const due = this.#timed.at(-1);
    if (due === undefined || due.atMs > this.nowMs) return false;
    this.steps += 1;
    this.#timed.pop();
    due.run();
    return true;
  }

  #takeOne(): boolean {
    const count = this.#ready.length;
    if (count === 0) return false;
    const index = count === 1 ? 0 : this.#random.below(count);
    const waiting = this.#ready[index];
    const last = this.#ready.pop();
    if (waiting === undefined || last === undefined) return false;
    if (index < count - 1) this.#ready[index] = last;
    if (waiting.actor.life !== waiting.life) return true;
    this.steps += 1;
    this.nowMs += 1 + this.#random.below(12);
    const { step, wasSlow } = waiting;
    const fault = wasSlow ? undefined : this.#faults.next(step.name, step.kind);
    this.onStep?.(step.name, waiting.actor, fault);
    if (fault === undefined) waiting.resolve(taken(step));
    else this.#fail(waiting, fault);
    return true;
  }

  #fail(waiting: Waiting, fault: FaultName): void {
    const { step, actor } = waiting;
    this.#onFault(step.name, fault);
    if (fault === 'crashBefore' || fault === 'crashAfter') {
      if (fault === 'crashAfter') quietly(taken(step));
      actor.crash();
    } else if (fault === 'slowBefore' || fault === 'slowAfter') {
      this.#delay(waiting, fault);
    } else if (fault === 'shortLease') {
      waiting.resolve((step.hurried ?? step.effect)());
    } else {
      if (fault === 'unanswered') quietly(taken(step));
      if (fault === 'appliedLate') this.at(this.nowMs + this.#slowMs(step.kind), () => quietly(taken(step)));
      giveError(waiting, fault);
    }
  }

  #delay(waiting: Waiting, fault: 'slowBefore' | 'slowAfter'): void {
    const { actor, life, step } = waiting;
    const hasTakenEffect = fault === 'slowAfter';
    const result = hasTakenEffect ? taken(step) : undefined;
    quietly(result);
    this.at(this.nowMs + this.#slowMs(step.kind), () => {
      if (actor.life !== life) return;
      if (hasTakenEffect) waiting.resolve(result);
      else this.#ready.push({ ...waiting, wasSlow: true });
    });
  }

  #jump(wakesAtMs: number | undefined): boolean {
    const next = Math.min(this.nextDueMs ?? Number.POSITIVE_INFINITY, wakesAtMs ?? Number.POSITIVE_INFINITY);
    if (next === Number.POSITIVE_INFINITY) return false;
    this.nowMs = Math.max(this.nowMs + 1, next);
    return true;
  }

  /** Mostly seconds, at times minutes; a send takes as long as it likes. */
  #slowMs(kind: StepKind): number {
    const share = this.#random.next() ** (kind === 'send' ? 1 : 3);
    return Math.floor(SLOW_MS.from + (SLOW_MS.to - SLOW_MS.from) * share);
  }
}

const RESOLVED = Promise.resolve();

/**
 * Has something run, each time it is called, when all that the last step led to has happened. A tick that is asked for
 * in a microtask comes when there is no microtask left; one that is asked for in a tick would come before them.
 */
function afterMicrotasks(run: () => void): () => void {
  const tick = () => nextTick(run);
  return () => void RESOLVED.then(tick);
}

/** What a caller gets of a fault that is not for good. */
function giveError({ step, resolve, reject }: Waiting, fault: FaultName): void {
  if (step.failed !== undefined) {
    resolve(step.failed(fault));
    return;
  }
  const retryAfterMs = fault === 'throttled' ? 3_000 : undefined;
  reject(withoutStack(() => new StorageError(`simulated: ${fault}`, { transient: true, retryAfterMs })));
}

/** What a step came to: a promise that rejects, where it fails at once. */
function taken(step: Pick<Step<unknown>, 'effect'>): unknown {
  try {
    return step.effect();
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Nobody waits for it: that it fails must not count as unhandled. */
function quietly(result: unknown): void {
  if (result instanceof Promise) result.catch(() => undefined);
}

/** Where a simulated error came from is known, and finding it out takes longer than a step. */
function withoutStack(make: () => Error): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = make();
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}
