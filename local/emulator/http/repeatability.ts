import { createHash } from 'node:crypto';
import { BoundedMap } from '../core/bounded-map.ts';
import type { Answer } from '../dialects/emulated-dialect.ts';
import type { IncomingRequest } from './incoming-request.ts';

const REMEMBERED = 50_000;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** What a request with repeatability headers comes to before it is carried out. */
export type RepeatabilityVerdict =
  /** It is the first one, or bears no such headers; what came of it is to be remembered. */
  | { readonly kind: 'first'; remember(answer: Answer, underWayMs: number): void }
  /** It was carried out before. */
  | { readonly kind: 'repeated'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly status: 400 | 409 | 412; readonly message: string };

interface Known {
  readonly content: string;
  readonly firstSent: string;
  readonly answer: Answer;
  /** Until then the first one is not answered. */
  readonly underWayUntilMs: number;
}

/**
 * Remembers what requests with repeatability headers came to, so that a repetition is answered the same and nothing is
 * done twice. Only what was carried out is remembered: a request that was refused is judged anew.
 *
 * @see https://docs.oasis-open.org/odata/repeatable-requests/v1.0/repeatable-requests-v1.0.html
 */
export class RepeatabilityMemory {
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #byId = new BoundedMap<Known>(REMEMBERED);

  /** @param windowMs how long after it was first sent a request may be repeated. */
  constructor(windowMs: number, now: () => number = Date.now) {
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Judges a request to an operation that may be repeated. */
  judge(request: IncomingRequest): RepeatabilityVerdict {
    const id = request.headers['repeatability-request-id'];
    const firstSent = request.headers['repeatability-first-sent'];
    if (id === undefined && firstSent === undefined) return { kind: 'first', remember: () => undefined };
    if (typeof id !== 'string' || typeof firstSent !== 'string') {
      return refused(400, 'Repeatability-Request-ID and Repeatability-First-Sent belong together.');
    }
    if (!UUID.test(id)) return refused(400, 'Repeatability-Request-ID is not a UUID.');
    const sentAtMs = Date.parse(firstSent);
    if (Number.isNaN(sentAtMs) || new Date(sentAtMs).toUTCString() !== firstSent) {
      return refused(400, 'Repeatability-First-Sent is not a date such as Wed, 18 Mar 2026 00:05:00 GMT.');
    }
    if (this.#now() - sentAtMs > this.#windowMs) {
      return refused(412, 'The request was first sent too long ago to tell whether it is a repetition.');
    }
    return this.#compare({ id: id.toLowerCase(), firstSent, content: contentOf(request) });
  }

  #compare({ id, firstSent, content }: Pick<Known, 'firstSent' | 'content'> & { readonly id: string }) {
    const known = this.#byId.get(id);
    if (known === undefined) {
      const remember = (answer: Answer, underWayMs: number): void => {
        this.#byId.set(id, { content, firstSent, answer, underWayUntilMs: this.#now() + underWayMs });
      };
      return { kind: 'first', remember } as const;
    }
    if (known.content !== content || known.firstSent !== firstSent) {
      return refused(400, 'Another request had this Repeatability-Request-ID.');
    }
    if (known.underWayUntilMs > this.#now()) return refused(409, 'The first request is still under way.');
    return { kind: 'repeated', answer: known.answer } as const;
  }
}

function refused(status: 400 | 409 | 412, message: string) {
  return { kind: 'refused', status, message } as const;
}

function contentOf({ method, pathAndQuery, body }: IncomingRequest): string {
  return createHash('sha256').update(`${method} ${pathAndQuery}\n`).update(body).digest('base64');
}
