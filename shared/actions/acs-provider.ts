import { supportOf } from './dialect-support.ts';
import { PREVIEW_POLICIES } from './policy.ts';
import type { Preview202104Client } from './preview-2021-04/preview-2021-04-client.ts';
import type { Provider } from './provider.ts';

/** The clients of the dialects. */
export interface AcsClients {
  readonly 'preview-2021-04': Pick<Preview202104Client, 'perform'>;
}

/** ACS: gives each action to the client of its call's dialect, unless that cannot do it. */
export function acsProvider(clients: AcsClients): Provider {
  return {
    policyOf: kind => PREVIEW_POLICIES[kind],
    async perform(request) {
      const support = supportOf(request.dialect, request.kind);
      if (!support.ok) return { kind: 'refused', reason: support.reason };
      return clients['preview-2021-04'].perform(request);
    },
    // The previews have no request that reads a call.
    ask: async () => 'cannotAsk',
  };
}
