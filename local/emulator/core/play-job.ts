import { Timers } from './clock.ts';
import type { EventSource } from './event-source.ts';
import type { Happening } from './happening.ts';
import type { Identity } from './identity.ts';
import type { LegNews, Outcome } from './leg-event.ts';
import type { MediaJob } from './media-job.ts';
import { OUTCOMES } from './outcomes.ts';
import { describePrompts, measurePrompts, type PromptLength, type PromptSource } from './prompt-source.ts';
import type { World } from './world.ts';

/** Prompts to play on a call. */
export interface PlayRequest {
  /** One after the other. */
  readonly sources: readonly PromptSource[];
  /** Plays until it is cancelled. */
  readonly loop: boolean;
  /** Who hears it; nobody named is everybody. */
  readonly to?: readonly Identity[];
  /** Ends what plays and waits, in place of waiting for it. */
  readonly interrupts?: boolean;
  readonly operationContext: string | null;
  /** Where its results go, when not where the call's events go. */
  readonly callbackUri: string | undefined;
}

/** What a job needs of the call that it is on. */
export interface JobSite {
  readonly world: World;
  readonly source: EventSource;
  /** A prompt begins to be heard: by those named, or by everybody. */
  hear(to: readonly Identity[]): void;
}

/** One request to play. */
export class PlayJob implements MediaJob {
  readonly kind = 'play';
  readonly #site: JobSite;
  readonly #request: PlayRequest;
  readonly #timers: Timers;
  #isOver = false;

  constructor(site: JobSite, request: PlayRequest) {
    this.#site = site;
    this.#request = request;
    this.#timers = new Timers(site.world.clock);
    const what = describePrompts(request.sources);
    this.#note('play', request.loop ? `${what} (loop)` : what);
  }

  begin(ended: () => void): void {
    const { world } = this.#site;
    measurePrompts(world, this.#request.sources, length => {
      // Cancelled while a file was fetched.
      if (!this.#isOver) this.#start(length, ended);
    });
  }

  cancel(): void {
    this.#end('cancelled', { outcome: OUTCOMES.cancelled });
  }

  #start(length: PromptLength, ended: () => void): void {
    if (!length.ok) {
      this.#end('failed', { outcome: length.outcome, failedIndex: length.index });
      ended();
      return;
    }
    this.#note('playStarted');
    this.#tell({ status: 'running', outcome: null });
    this.#site.hear(this.#request.to ?? []);
    if (this.#request.loop || this.#isOver) return;
    this.#timers.afterSeconds(length.seconds, () => {
      this.#end('completed', { outcome: OUTCOMES.played });
      ended();
    });
  }

  #end(
    status: keyof typeof END_HAPPENINGS,
    how: { readonly outcome: Outcome; readonly failedIndex?: number },
  ): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timers.end();
    this.#note(END_HAPPENINGS[status], status === 'failed' ? how.outcome.message : undefined);
    this.#tell({ status, ...how });
  }

  #tell(
    how: Pick<Extract<LegNews, { type: 'play' }>, 'status' | 'outcome'> & { readonly failedIndex?: number },
  ): void {
    const { operationContext, callbackUri } = this.#request;
    this.#site.source.tell({ type: 'play', operationContext, ...how }, callbackUri);
  }

  #note(kind: Happening['kind'], detail?: string): void {
    const { world, source } = this.#site;
    const { operationContext } = this.#request;
    world.note({ kind, callId: source.leg.id, callbackUri: source.callbackUri, operationContext, detail });
  }
}

const END_HAPPENINGS = {
  completed: 'playCompleted',
  cancelled: 'playCancelled',
  failed: 'playFailed',
} as const;
