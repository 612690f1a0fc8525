import type { EventSource } from './event-source.ts';
import type { OperationRequest } from './tone-listening.ts';

/** What ACS may send out of a call while it goes on; here it is only told that it does. */
export type StreamKind = 'transcription' | 'mediaStreaming';

/** Which streams of one call leg run. */
export class MediaStreams {
  readonly #source: EventSource;
  readonly #running = new Set<StreamKind>();

  constructor(source: EventSource) {
    this.#source = source;
  }

  /** False when that is not possible as things are: it runs already, or does not. */
  change(
    kind: StreamKind,
    status: 'started' | 'updated' | 'stopped',
    { operationContext, callbackUri }: OperationRequest,
  ): boolean {
    if (this.#running.has(kind) === (status === 'started')) return false;
    if (status === 'started') this.#running.add(kind);
    if (status === 'stopped') this.#running.delete(kind);
    this.#source.tell({ type: kind, status, operationContext, outcome: null }, callbackUri);
    return true;
  }
}
