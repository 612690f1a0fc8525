import type { DialectName } from '../domain/call-event.ts';
import { supportOf } from './dialect-support.ts';
import type { GaClient } from './ga/ga-client.ts';
import { policyOf } from './policy.ts';
import type { Preview202104Client } from './preview-2021-04/preview-2021-04-client.ts';
import type { Provider } from './provider.ts';

/** The clients of the dialects, each loaded when it is first asked for something: most starts are for an event, and send nothing. */
export interface AcsClients {
  readonly 'preview-2021-04': () => Promise<Pick<Preview202104Client, 'perform'>>;
  readonly ga: () => Promise<Pick<GaClient, 'perform' | 'ask' | 'rosterOf'>>;
}

/** ACS: gives each action to the client of its call's dialect, unless that cannot do it. */
export function acsProvider(clients: AcsClients): Provider {
  return {
    policyOf,
    async perform(request) {
      const { dialect, kind } = request;
      const support = supportOf(dialect, kind, request.arguments);
      if (!support.ok) return { kind: 'refused', reason: support.reason };
      const client = await loaded(isOfGa(dialect) ? clients.ga : clients['preview-2021-04']);
      if (client instanceof Error) return { kind: 'notNow', reason: client.message };
      return client.perform(request);
    },
    // The previews have no request that reads a call.
    async ask(call) {
      if (!isOfGa(call.dialect)) return 'cannotAsk';
      const client = await loaded(clients.ga);
      return client instanceof Error ? 'noAnswer' : client.ask(call);
    },
    async rosterOf(call) {
      if (!isOfGa(call.dialect)) return undefined;
      const client = await loaded(clients.ga);
      return client instanceof Error ? undefined : client.rosterOf(call);
    },
  };
}

/** A call that only Event Grid told of so far is one of GA, too. */
function isOfGa(dialect: DialectName): boolean {
  return dialect === 'ga' || dialect === 'event-grid';
}

async function loaded<Client>(load: () => Promise<Client>): Promise<Client | Error> {
  try {
    return await load();
  } catch (error) {
    return new Error(`the client of ACS could not be loaded: ${String(error).slice(0, 300)}`);
  }
}
