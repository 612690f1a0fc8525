import type { ActionRequest, ActionResult } from '../../shared/actions/provider.ts';
import type { Scheduler } from './scheduler.ts';

/** For how long a request can be repeated, by the provider's own clock. */
export const WINDOW_MS = 300_000;

/** For how long a request is carried out, at most by chance, and is answered with 409 when it comes again. */
const RUNNING_MS_MAX = 4_000;

interface Remembered {
  readonly content: string;
  readonly runsUntilMs: number;
}

/** The requests that GA remembers by their repeatability headers, and what it answers to those that come again. */
export class RememberedRequests {
  readonly #known = new Map<string, Remembered>();
  readonly #scheduler: Scheduler;
  readonly #onPastWindow: () => void;
  readonly #onStillRunning: () => void;
  readonly #onChanged: (request: ActionRequest) => void;

  constructor(options: {
    readonly scheduler: Scheduler;
    readonly onPastWindow: () => void;
    readonly onStillRunning: () => void;
    readonly onChanged: (request: ActionRequest) => void;
  }) {
    this.#scheduler = options.scheduler;
    this.#onPastWindow = options.onPastWindow;
    this.#onStillRunning = options.onStillRunning;
    this.#onChanged = options.onChanged;
  }

  /** Undefined for a request that is to be carried out; 412, 400, 409 or the first answer, as the client reads them. */
  answerTo(request: ActionRequest): ActionResult | undefined {
    const { nowMs } = this.#scheduler;
    if (nowMs - Date.parse(request.firstSentAt) > WINDOW_MS) {
      this.#onPastWindow();
      return { kind: 'notNow', reason: 'simulated: 412' };
    }
    const { actionId, generation } = request;
    const id = `${actionId} ${generation}`;
    const content = contentOf(request);
    const known = this.#known.get(id);
    if (known === undefined) {
      // The digits of the time are as good as chance.
      this.#known.set(id, { content, runsUntilMs: nowMs + ((nowMs * 7_919) % RUNNING_MS_MAX) });
      return undefined;
    }
    if (known.content !== content) {
      this.#onChanged(request);
      return { kind: 'refused', reason: 'simulated: 400' };
    }
    if (nowMs >= known.runsUntilMs) return { kind: 'done' };
    this.#onStillRunning();
    return { kind: 'notNow', reason: 'simulated: 409' };
  }
}

function contentOf({
  kind,
  callKey,
  wireId,
  firstSentAt,
  callbackUri,
  arguments: given,
}: ActionRequest): string {
  return JSON.stringify([kind, callKey, wireId, firstSentAt, callbackUri, given]);
}
