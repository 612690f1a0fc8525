import type { EventSource } from './event-source.ts';
import type { Identity } from './identity.ts';

/** How a request wants to hear of what it began. */
export interface OperationRequest {
  readonly operationContext: string | null;
  /** Where its results go, when not where the call's events go. */
  readonly callbackUri: string | undefined;
}

/** Tells each key that somebody presses, while the app listens to them. */
export class ToneListening {
  readonly #source: EventSource;
  readonly #requests = new Map<string, OperationRequest>();
  #count = 0;

  constructor(source: EventSource) {
    this.#source = source;
  }

  start({ rawId }: Identity, request: OperationRequest): void {
    this.#requests.set(rawId, request);
  }

  /** Nothing is told of a stop where nothing was begun. */
  stop({ rawId }: Identity, { operationContext, callbackUri }: OperationRequest): void {
    if (this.#requests.delete(rawId)) {
      this.#source.tell({ type: 'tonesStopped', operationContext }, callbackUri);
    }
  }

  heard(key: string, { rawId }: Identity): void {
    const request = this.#requests.get(rawId);
    if (request === undefined) return;
    this.#count += 1;
    const { operationContext, callbackUri } = request;
    this.#source.tell({ type: 'tone', sequenceId: this.#count, key, operationContext }, callbackUri);
  }
}
