import type { TokenCredential } from '@azure/identity';
import { onDemand } from '../on-demand.ts';
import type { AzureIdentity } from './settings.ts';

/**
 * The credential of an identity, for any client of an Azure SDK. Its library is large, so it is loaded with the first
 * token: whoever uses connection strings never pays for it. Tokens are kept by the library until they end, so make one
 * credential for each identity.
 */
export function azureCredential(identity: AzureIdentity): TokenCredential {
  const credential = onDemand(async () => {
    const { loadCredential } = await import('./load-credential.ts');
    return loadCredential(identity);
  });
  return { getToken: async (scopes, options) => (await credential()).getToken(scopes, options) };
}
