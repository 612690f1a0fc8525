import { Callee, stepsOf } from './callee.ts';
import { type CalleeScript, pickSeconds, scriptFor } from './callee-book.ts';
import { Timers } from './clock.ts';
import type { Conversation } from './conversation.ts';
import type { Happening } from './happening.ts';
import { type Identity, numberOrRawId } from './identity.ts';
import type { Outcome } from './leg-event.ts';
import { OUTCOMES } from './outcomes.ts';
import type { World } from './world.ts';

/** How it ended for one of those who were rung. */
export interface RingResult {
  readonly identity: Identity;
  /** Null for somebody who answered. */
  readonly outcome: Outcome | null;
}

/** Whom to ring, and what follows. */
export interface RingingOptions {
  readonly world: World;
  readonly conversation: Conversation;
  readonly identities: readonly Identity[];
  /** Names the random streams. */
  readonly label: string;
  /** How long they ring at most; without it, as long as the network lets them. */
  readonly ringSeconds?: number | undefined;
  note(happening: Pick<Happening, 'kind' | 'who' | 'detail'>): void;
  /** Somebody answers, and is about to join. */
  beforeJoin(): void;
  /** Nobody is ringing any more. */
  settled(results: readonly RingResult[]): void;
}

/** Telephones that ring at the same time, each until its owner or the network decides. */
export class Ringing {
  readonly #options: RingingOptions;
  readonly #timers: Timers;
  readonly #pending = new Map<Identity, CalleeScript>();
  readonly #results: RingResult[] = [];

  constructor(options: RingingOptions) {
    this.#options = options;
    this.#timers = new Timers(options.world.clock);
  }

  /** Rings them all. */
  begin(): void {
    const { world, identities, label } = this.#options;
    for (const identity of identities) this.#pending.set(identity, scriptFor(world.book(), identity.rawId));
    for (const [identity, script] of [...this.#pending]) {
      const random = world.streams.stream(`ringing|${label}|${identity.rawId}`);
      this.#note('ring', identity);
      this.#ring(identity, script, random);
    }
  }

  /** Nobody is to be reached any more: those who still ring stop. */
  cancel(): void {
    this.#timers.end();
    for (const identity of [...this.#pending.keys()]) this.#settle(identity, OUTCOMES.callOver);
  }

  /** By hand: somebody answers now. False when nobody (of this raw id) rings. */
  answerNow(rawId: string | undefined): boolean {
    const found = this.#find(rawId);
    if (found !== undefined) this.#answer(found);
    return found !== undefined;
  }

  /** By hand: somebody declines now. False when nobody (of this raw id) rings. */
  declineNow(rawId: string | undefined): boolean {
    const found = this.#find(rawId);
    if (found !== undefined) this.#settle(found, OUTCOMES.declined);
    return found !== undefined;
  }

  #find(rawId: string | undefined): Identity | undefined {
    return [...this.#pending.keys()].find(identity => rawId === undefined || identity.rawId === rawId);
  }

  #ring(identity: Identity, script: CalleeScript, random: () => number): void {
    const { world } = this.#options;
    const ringSeconds = Math.min(this.#options.ringSeconds ?? world.ringSeconds, world.ringSeconds);
    const decidesAfter = script.pickUp === 'never' ? ringSeconds : pickSeconds(script.afterSeconds, random);
    this.#timers.afterSeconds(Math.min(decidesAfter, ringSeconds), () => {
      if (decidesAfter >= ringSeconds) this.#settle(identity, OUTCOMES.unanswered);
      else if (script.pickUp === 'busy') this.#settle(identity, OUTCOMES.busy);
      else if (script.pickUp === 'decline') this.#settle(identity, OUTCOMES.declined);
      else this.#answer(identity);
    });
  }

  #answer(identity: Identity): void {
    const script = this.#pending.get(identity);
    // By hand somebody may have been quicker than the script.
    if (script === undefined) return;
    const { world, conversation, label, note, beforeJoin } = this.#options;
    this.#note('answered', identity);
    beforeJoin();
    const steps = stepsOf(script);
    new Callee({
      world,
      conversation,
      identity,
      steps,
      label: `${label}|${identity.rawId}`,
      note,
    }).join();
    this.#settle(identity, null);
  }

  #settle(identity: Identity, outcome: Outcome | null): void {
    if (!this.#pending.delete(identity)) return;
    if (outcome !== null) this.#note('unanswered', identity, outcome.message);
    this.#results.push({ identity, outcome });
    if (this.#pending.size === 0) this.#options.settled(this.#results);
  }

  #note(kind: Happening['kind'], identity: Identity, detail?: string): void {
    this.#options.note({ kind, who: numberOrRawId(identity), detail });
  }
}
