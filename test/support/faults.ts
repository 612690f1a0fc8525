import { StorageError } from '../../shared/store/storage-error.ts';
import type { CommitResult } from '../../shared/store/table.ts';

/** One request to storage or to ACS, as a fault plan sees it. */
export interface PortRequest {
  /** Counted from 1 over all ports that share their faults, in the order in which they were sent. */
  readonly number: number;
  /** The name that the port was given. */
  readonly port: string;
  readonly operation:
    | 'get'
    | 'commit'
    | 'list'
    | 'put'
    | 'receive'
    | 'delete'
    | 'oldestInsertedAt'
    | 'perform';
  /** Of a get or a commit. */
  readonly partitionKey?: string;
  /** Of a get or a commit, in the order of the writes. */
  readonly rowKeys?: readonly string[];
  /** Of a put. */
  readonly text?: string;
}

/** A commit that met a conflict, whether there was one or not. */
export type Conflict = Extract<CommitResult, { readonly ok: false }>;

/** What goes wrong with one request: it fails before or after it took effect, or is told of a conflict. */
export type Fault =
  | { readonly when: 'before' | 'after'; readonly error: Error }
  | { readonly conflict: Conflict };

/** Decides what goes wrong with a request; undefined when nothing does. */
export type FaultPlan = (request: PortRequest) => Fault | undefined;

/** Lets a request wait before and after it takes effect, so that a scheduler can put others in between. */
export type Gate = (request: PortRequest, when: 'before' | 'after') => Promise<void>;

/** The process is gone: no code of the product handles this, and nothing that it does afterwards has an effect. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * What goes wrong with the requests of one process, and a record of all that it asked for.
 *
 * The ports of a process share one, so that a plan can name any request by its number, and a crash stops them all.
 */
export class Faults {
  plan: FaultPlan;
  readonly #gate: Gate | undefined;
  readonly #requests: PortRequest[] = [];

  constructor({ plan = () => undefined, gate }: { readonly plan?: FaultPlan; readonly gate?: Gate } = {}) {
    this.plan = plan;
    this.#gate = gate;
  }

  /** Every request so far, in order. */
  get requests(): readonly PortRequest[] {
    return this.#requests;
  }

  /** How many requests matched so far. */
  count(matches: (request: PortRequest) => boolean): number {
    return this.#requests.filter(matches).length;
  }

  /**
   * Sends a request with whatever the plan has for it.
   *
   * @param effect does what was asked for; not called by a request that fails before it.
   */
  async run<Answer>(
    asked: Omit<PortRequest, 'number'>,
    effect: () => Promise<Answer>,
  ): Promise<Answer | Conflict> {
    const request = { ...asked, number: this.#requests.length + 1 };
    this.#requests.push(request);
    // Decided when the request is sent, so that a plan by numbers holds whatever the gate lets through first.
    const fault = this.plan(request);
    await this.#gate?.(request, 'before');
    if (fault !== undefined && 'conflict' in fault) return fault.conflict;
    if (fault?.when === 'before') throw fault.error;
    const answer = await effect();
    await this.#gate?.(request, 'after');
    if (fault !== undefined) throw fault.error;
    return answer;
  }
}

/** What storage says when it cannot answer for the moment. */
export function unavailable(retryAfterMs?: number): StorageError {
  return new StorageError('503 ServerBusy', { transient: true, retryAfterMs });
}

/** What storage says to what it will never take. */
export function refusal(): StorageError {
  return new StorageError('413 RequestBodyTooLarge', { transient: false });
}

/** One request fails, before it took effect or after: then it is a time-out of which nobody knows what it did. */
export function failAt(number: number, when: 'before' | 'after', error: Error = unavailable()): FaultPlan {
  return request => (request.number === number ? { when, error } : undefined);
}

/** The process dies before or after one request takes effect, and sends no other. */
export function crashAt(number: number, when: 'before' | 'after'): FaultPlan {
  return request => {
    if (request.number < number) return undefined;
    return { when: request.number === number ? when : 'before', error: new Crash('The process is gone.') };
  };
}

/** The first requests that match fail; all of them unless `times` is told. */
export function failWhere(
  matches: (request: PortRequest) => boolean,
  {
    when = 'before',
    error = unavailable(),
    times = Number.POSITIVE_INFINITY,
  }: { readonly when?: 'before' | 'after'; readonly error?: Error; readonly times?: number } = {},
): FaultPlan {
  let left = times;
  return request => {
    if (left <= 0 || !matches(request)) return undefined;
    left -= 1;
    return { when, error };
  };
}
