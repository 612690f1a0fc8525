import type { ActionRequest, ActionResult, Provider } from '../../shared/actions/provider.ts';
import { policyOf } from './acting-decider.ts';

const TIMEOUT_MS = 3_000;

/** ACS in another process, which remembers what it did when this one is killed. */
export function remoteProvider(url: string): Provider {
  return {
    policyOf,
    async perform(request: ActionRequest): Promise<ActionResult> {
      try {
        const body = JSON.stringify(request);
        const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) });
        return (await response.json()) as ActionResult;
      } catch (error) {
        return { kind: 'unclear', reason: String(error) };
      }
    },
    ask: async () => 'cannotAsk',
  };
}
