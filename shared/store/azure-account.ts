import type { TokenCredential } from '@azure/identity';

/** How a storage account is reached: by a connection string, with a key or a SAS, or by an identity. */
export type AzureAccount =
  | {
      /** `UseDevelopmentStorage=true`, or the account's own. */
      readonly connectionString: string;
    }
  | {
      readonly queueServiceUri: string;
      readonly tableServiceUri: string;
      readonly credential: TokenCredential;
    };
