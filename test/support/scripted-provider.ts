import { type Policy, PREVIEW_POLICIES } from '../../shared/actions/policy.ts';
import type { ActionRequest, ActionResult, CallAnswer, Provider } from '../../shared/actions/provider.ts';
import type { ActionKind } from '../../shared/domain/action.ts';

/** What ACS makes of a request; 'unclear' and 'notNow' may be answered whether it carried it out or not. */
export type Answer = (request: ActionRequest, sends: number) => ActionResult | Promise<ActionResult>;

/** An ACS that answers as a test has it, does whatever it is asked for, and remembers it. */
export class ScriptedProvider implements Provider {
  /** Every request that arrived, in order. */
  readonly sent: ActionRequest[] = [];
  answer: Answer = () => ({ kind: 'done' });
  readonly #policies: Readonly<Record<ActionKind, Policy>>;

  constructor(policies: Partial<Record<ActionKind, Policy>> = {}) {
    this.#policies = { ...PREVIEW_POLICIES, ...policies };
  }

  /** The kinds of the requests that arrived, in order. */
  get kinds(): readonly ActionKind[] {
    return this.sent.map(({ kind }) => kind);
  }

  readonly policyOf = (kind: ActionKind): Policy => this.#policies[kind];

  async perform(request: ActionRequest): Promise<ActionResult> {
    this.sent.push(request);
    const sends = this.sent.filter(({ actionId }) => actionId === request.actionId).length;
    return await this.answer(request, sends);
  }

  async ask(): Promise<CallAnswer> {
    return 'cannotAsk';
  }
}
