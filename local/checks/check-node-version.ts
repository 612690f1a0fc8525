import type { CheckResult } from './check-result.ts';

/** Tells which Node runs: `require-node.mjs` has turned away one that is too old before any check. */
export function checkNodeVersion(version: string): CheckResult {
  return { level: 'ok', message: `Node ${version}.` };
}
