import { DefaultAzureCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import type { AzureIdentity } from './settings.ts';

/**
 * A managed identity where one is asked for, as the Functions host does; else whatever is found: the environment, a
 * managed identity, the Azure CLI.
 */
export function loadCredential({ clientId, isManaged }: AzureIdentity): TokenCredential {
  if (!isManaged) {
    return new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
  }
  return clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });
}
