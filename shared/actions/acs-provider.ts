import type { DialectName } from '../domain/call-event.ts';
import { supportOf } from './dialect-support.ts';
import type { GaClient } from './ga/ga-client.ts';
import { policyOf } from './policy.ts';
import type { Preview202104Client } from './preview-2021-04/preview-2021-04-client.ts';
import type { Provider } from './provider.ts';

/** The clients of the dialects. */
export interface AcsClients {
  readonly 'preview-2021-04': Pick<Preview202104Client, 'perform'>;
  readonly ga: Pick<GaClient, 'perform' | 'ask' | 'rosterOf'>;
}

/** ACS: gives each action to the client of its call's dialect, unless that cannot do it. */
export function acsProvider(clients: AcsClients): Provider {
  return {
    policyOf,
    async perform(request) {
      const { dialect, kind } = request;
      const support = supportOf(dialect, kind, request.arguments);
      if (!support.ok) return { kind: 'refused', reason: support.reason };
      return isOfGa(dialect) ? clients.ga.perform(request) : clients['preview-2021-04'].perform(request);
    },
    // The previews have no request that reads a call.
    ask: async call => (isOfGa(call.dialect) ? clients.ga.ask(call) : 'cannotAsk'),
    rosterOf: async call => (isOfGa(call.dialect) ? clients.ga.rosterOf(call) : undefined),
  };
}

/** A call that only Event Grid told of so far is one of GA, too. */
function isOfGa(dialect: DialectName): boolean {
  return dialect === 'ga' || dialect === 'event-grid';
}
