import type { Clock } from '../../clock.ts';
import { AcsHttp } from '../acs/acs-http.ts';
import type { AcsAccess } from '../acs/acs-transport.ts';
import type { ActionRequest, ActionResult } from '../provider.ts';
import { outcomeOf } from './outcome-of.ts';
import { toRequest } from './to-request.ts';

/** The 2021-04 preview of the Call Automation API, as far as it is asked for something. */
export class Preview202104Client {
  readonly #http: AcsHttp;
  readonly #apiVersion: string;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(
    access: AcsAccess,
    options: { readonly apiVersion: string; readonly clock: Pick<Clock, 'now'> },
  ) {
    this.#http = new AcsHttp(access);
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

  /** Lets go of the connections that wait for a request. */
  close(): void {
    this.#http.close();
  }
}
