import { type FindFuncOptions, findFunc } from '../start/find-func.ts';
import type { CheckResult } from './check-result.ts';

/** Says which Functions host runs the app; a FUNC_PATH that leads nowhere is a failure. */
export function checkFunctionsHost(options: FindFuncOptions): CheckResult {
  const found = findFunc(options);
  if (found.kind === 'found')
    return { level: 'ok', message: `The app runs under Azure Functions Core Tools (${found.path}).` };
  if (found.kind === 'wrong-path') {
    return {
      level: 'fail',
      message: `FUNC_PATH is ${found.path}, which is not there.`,
      fix: 'Correct or unset it.',
    };
  }
  return {
    level: 'ok',
    message: 'The app runs under the embedded host: Azure Functions Core Tools are not installed.',
  };
}
