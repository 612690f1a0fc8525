import type { Conversation } from './conversation.ts';
import type { Identity } from './identity.ts';
import { Ringing, type RingingOptions, type RingResult } from './ringing.ts';

/** Whom to ring on behalf of one call leg, and what follows. */
export interface RingRequest {
  readonly identities: readonly Identity[];
  /** Names the random streams. */
  readonly label: string;
  readonly ringSeconds?: number | undefined;
  /** Where they come to, when not to the leg's own conversation. */
  readonly conversation?: Conversation;
  /** Nobody is ringing any more. */
  settled(results: readonly RingResult[]): void;
}

/** All whom one call leg has ring. */
export class LegRinging {
  readonly #common: Pick<RingingOptions, 'world' | 'conversation' | 'note' | 'beforeJoin'>;
  readonly #ringing = new Set<Ringing>();

  constructor(common: Pick<RingingOptions, 'world' | 'conversation' | 'note' | 'beforeJoin'>) {
    this.#common = common;
  }

  /** How many groups ring. */
  get size(): number {
    return this.#ringing.size;
  }

  /** Rings them all; gives a way to stop it. */
  begin({ settled, ...request }: RingRequest): Ringing {
    const ringing = new Ringing({
      ...this.#common,
      ...request,
      settled: results => {
        this.#ringing.delete(ringing);
        settled(results);
      },
    });
    this.#ringing.add(ringing);
    ringing.begin();
    return ringing;
  }

  /** By hand: a ringing telephone is answered, or declined. False when nobody (of this raw id) rings. */
  pickUp(how: 'answer' | 'decline', rawId: string | undefined): boolean {
    const method = how === 'answer' ? 'answerNow' : 'declineNow';
    return [...this.#ringing].some(ringing => ringing[method](rawId));
  }

  /** Nobody is to be reached any more. */
  cancel(): void {
    for (const ringing of [...this.#ringing]) ringing.cancel();
  }
}
