import { findConnectionStringProblem } from '../../shared/config/storage-connection-string.ts';
import type { CheckResult } from './check-result.ts';

const EXPECTED =
  'Set UseDevelopmentStorage=true for storage on this machine, or the connection string of an account, such as ' +
  '"DefaultEndpointsProtocol=https;AccountName=mystore;AccountKey=…;EndpointSuffix=core.windows.net".';

/** Says what keeps a value of AzureWebJobsStorage from being a connection string, and shows nothing of it. */
export function checkStorageSetting(value: string): CheckResult | undefined {
  const problem = findConnectionStringProblem(value);
  if (problem === undefined) return undefined;
  return {
    level: 'fail',
    message: `The setting AzureWebJobsStorage is not a connection string: ${problem}.`,
    fix: EXPECTED,
  };
}
