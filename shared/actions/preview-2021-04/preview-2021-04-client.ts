import type { Clock } from '../../clock.ts';
import type { AcsHttp } from '../acs/acs-http.ts';
import type { ActionRequest, ActionResult } from '../provider.ts';
import { outcomeOf } from './outcome-of.ts';
import { toRequest } from './to-request.ts';

/** The 2021-04 preview of the Call Automation API, as far as it is asked for something. */
export class Preview202104Client {
  readonly #http: AcsHttp;
  readonly #apiVersion: string;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(http: AcsHttp, options: { readonly apiVersion: string; readonly clock: Pick<Clock, 'now'> }) {
    this.#http = http;
    this.#apiVersion = options.apiVersion;
    this.#clock = options.clock;
  }

  /** Sends an action once. Never throws. */
  async perform(action: ActionRequest): Promise<ActionResult> {
    const made = toRequest(action, this.#apiVersion);
    if (made.kind !== 'request') return made;
    const { traceparent } = action;
    const answer = await this.#http.send({ ...made.request, traceparent });
    return outcomeOf(action.kind, answer, this.#clock.now());
  }
}
