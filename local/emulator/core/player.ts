import type { EventSource } from './event-source.ts';
import type { Identity } from './identity.ts';
import type { MediaJob } from './media-job.ts';
import { type JobSite, PlayJob, type PlayRequest } from './play-job.ts';
import { RecognizeJob, type RecognizeRequest } from './recognize-job.ts';
import type { World } from './world.ts';

/** Whether it has begun, or waits for what goes on. */
export type JobStatus = 'running' | 'notStarted';

/** What one call leg plays and asks: one thing after the other, in the order in which they were asked for. */
export class Player {
  readonly #site: JobSite;
  #waiting: MediaJob[] = [];
  #current: MediaJob | undefined;

  /** @param hear a prompt begins to be heard, by those named or by everybody. */
  constructor(world: World, source: EventSource, hear: JobSite['hear']) {
    this.#site = { world, source, hear };
  }

  /** Somebody is asked something, now or next. */
  get isRecognizing(): boolean {
    return [this.#current, ...this.#waiting].some(job => job?.kind === 'recognize');
  }

  /** Plays it as soon as nothing else goes on; says whether that is now. */
  play(request: PlayRequest): JobStatus {
    if (request.interrupts === true) this.cancel();
    return this.#add(new PlayJob(this.#site, request));
  }

  /** Asks as soon as nothing else goes on; says whether that is now. */
  recognize(request: RecognizeRequest): JobStatus {
    if (request.interrupts) this.cancel();
    return this.#add(new RecognizeJob(this.#site, request));
  }

  /** Ends what goes on and what waits, each with a result that says so. */
  cancel(): void {
    const cancelled = this.#current === undefined ? this.#waiting : [this.#current, ...this.#waiting];
    this.#current = undefined;
    this.#waiting = [];
    for (const job of cancelled) job.cancel();
  }

  toneHeard(key: string, by: Identity): void {
    this.#current?.toneHeard?.(key, by);
  }

  speechHeard(text: string, by: Identity): void {
    this.#current?.speechHeard?.(text, by);
  }

  #add(job: MediaJob): JobStatus {
    if (this.#current !== undefined) {
      this.#waiting.push(job);
      return 'notStarted';
    }
    this.#begin(job);
    return 'running';
  }

  #begin(job: MediaJob): void {
    this.#current = job;
    job.begin(() => {
      if (this.#current !== job) return;
      this.#current = undefined;
      const next = this.#waiting.shift();
      if (next !== undefined) this.#begin(next);
    });
  }
}
