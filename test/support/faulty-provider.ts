import type { ActionRequest, ActionResult, Provider } from '../../shared/actions/provider.ts';
import { Crash, type Faults } from './faults.ts';

/** ACS with whatever goes wrong on the way to it and back: a request that fails may have been carried out. */
export class FaultyProvider implements Provider {
  readonly #provider: Provider;
  readonly #faults: Faults;

  constructor(provider: Provider, faults: Faults) {
    this.#provider = provider;
    this.#faults = faults;
  }

  readonly policyOf: Provider['policyOf'] = (kind, dialect) => this.#provider.policyOf(kind, dialect);

  async perform(request: ActionRequest): Promise<ActionResult> {
    const asked = { port: 'provider', operation: 'perform' as const, text: request.actionId };
    try {
      return (await this.#faults.run(asked, () => this.#provider.perform(request))) as ActionResult;
    } catch (error) {
      // A process that is gone does not live to see a result.
      if (error instanceof Crash) throw error;
      return { kind: 'unclear', reason: 'no answer' };
    }
  }

  readonly ask: Provider['ask'] = call => this.#provider.ask(call);
}
