import { Timers } from './clock.ts';
import type { EventSource } from './event-source.ts';
import type { Happening } from './happening.ts';
import type { LegNews, Outcome } from './leg-event.ts';
import { OUTCOMES } from './outcomes.ts';
import type { AudioLength, World } from './world.ts';

/** A prompt to play to everybody on the call. */
export interface PlayRequest {
  readonly uri: string;
  /** Plays until it is cancelled. */
  readonly loop: boolean;
  readonly operationContext: string | null;
  /** Where its results go, when not where the call's events go. */
  readonly callbackUri: string | undefined;
}

/** What one call leg plays: prompts one after the other, in the order in which they were asked for. */
export class Player {
  readonly #world: World;
  readonly #source: EventSource;
  readonly #hear: () => void;
  readonly #timers: Timers;
  #waiting: PlayRequest[] = [];
  #current: PlayRequest | undefined;

  /** @param hear a prompt begins to be heard. */
  constructor(world: World, source: EventSource, hear: () => void) {
    this.#world = world;
    this.#source = source;
    this.#hear = hear;
    this.#timers = new Timers(world.clock);
  }

  /** Plays it as soon as nothing else is playing; says whether that is now. */
  play(request: PlayRequest): 'running' | 'notStarted' {
    this.#note('play', request, request.loop ? `${request.uri} (loop)` : request.uri);
    if (this.#current !== undefined) {
      this.#waiting.push(request);
      return 'notStarted';
    }
    this.#begin(request);
    return 'running';
  }

  /** Ends what plays and what waits, each with a result that says so. */
  cancel(): void {
    const cancelled = this.#current === undefined ? this.#waiting : [this.#current, ...this.#waiting];
    this.#current = undefined;
    this.#waiting = [];
    for (const request of cancelled) this.#end(request, 'cancelled', OUTCOMES.cancelled);
  }

  /** The call is over: cancels all. */
  end(): void {
    this.cancel();
    this.#timers.end();
  }

  #begin(request: PlayRequest): void {
    this.#current = request;
    this.#world.measureAudio(request.uri, length => {
      // Cancelled while the file was fetched.
      if (this.#current === request) this.#start(request, length);
    });
  }

  #start(request: PlayRequest, length: AudioLength): void {
    if (!length.ok) {
      this.#next(request, 'failed', length.outcome);
      return;
    }
    this.#note('playStarted', request);
    this.#tell(request, { status: 'running', outcome: null });
    this.#hear();
    if (request.loop) return;
    this.#timers.afterSeconds(length.seconds, () => {
      if (this.#current === request) this.#next(request, 'completed', OUTCOMES.played);
    });
  }

  #next(request: PlayRequest, status: 'completed' | 'failed', outcome: Outcome): void {
    this.#current = undefined;
    this.#end(request, status, outcome);
    const next = this.#waiting.shift();
    if (next !== undefined) this.#begin(next);
  }

  #end(request: PlayRequest, status: keyof typeof END_HAPPENINGS, outcome: Outcome): void {
    this.#note(END_HAPPENINGS[status], request, status === 'failed' ? outcome.message : undefined);
    this.#tell(request, { status, outcome });
  }

  #tell(request: PlayRequest, how: Pick<Extract<LegNews, { type: 'play' }>, 'status' | 'outcome'>): void {
    const { operationContext, callbackUri } = request;
    this.#source.tell({ type: 'play', operationContext, ...how }, callbackUri);
  }

  #note(kind: Happening['kind'], { operationContext }: PlayRequest, detail?: string): void {
    const { leg, callbackUri } = this.#source;
    this.#world.note({ kind, callId: leg.id, callbackUri, operationContext, detail });
  }
}

const END_HAPPENINGS = {
  completed: 'playCompleted',
  cancelled: 'playCancelled',
  failed: 'playFailed',
} as const;
