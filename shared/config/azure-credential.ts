import type { TokenCredential } from '@azure/identity';
import type { AzureIdentity } from './settings.ts';

/**
 * The credential of an identity, for any client of an Azure SDK. Its library is large, so it is loaded with the first
 * token: whoever uses connection strings never pays for it. Tokens are kept by the library until they end, so make one
 * credential for each identity.
 */
export function azureCredential(identity: AzureIdentity): TokenCredential {
  let loading: Promise<TokenCredential> | undefined;
  async function load(): Promise<TokenCredential> {
    const { loadCredential } = await import('./load-credential.ts');
    return loadCredential(identity);
  }
  return {
    async getToken(scopes, options) {
      loading ??= load();
      return (await loading).getToken(scopes, options);
    },
  };
}
