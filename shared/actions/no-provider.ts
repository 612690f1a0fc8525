import { policyOf } from './policy.ts';
import type { Provider } from './provider.ts';

/** Stands where no connection to ACS is configured: refuses every action, and can ask nothing. */
export const noProvider: Provider = {
  policyOf,
  perform: async () => ({ kind: 'refused', reason: 'no connection to ACS is configured' }),
  ask: async () => 'cannotAsk',
};
