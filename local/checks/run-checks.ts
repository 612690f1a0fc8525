import { checkDependencies } from './check-dependencies.ts';
import { checkFunctionsHost } from './check-functions-host.ts';
import { checkNodeVersion } from './check-node-version.ts';
import { checkPorts } from './check-ports.ts';
import type { CheckResult } from './check-result.ts';
import { checkSettings } from './check-settings.ts';
import { checkTempFolder } from './check-temp-folder.ts';

/** What the checks look at. */
export interface CheckContext {
  readonly appRoot: string;
  readonly port: number;
  readonly emulatorPort: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs every check that `npm start` and `npm run doctor` share. Nothing is started or changed. */
export async function runChecks({ appRoot, env, ...ports }: CheckContext): Promise<CheckResult[]> {
  return [
    checkNodeVersion(process.versions.node),
    ...checkDependencies(appRoot),
    ...(await checkPorts(ports)),
    await checkSettings(appRoot, env),
    checkFunctionsHost({ appRoot, env }),
    checkTempFolder(),
  ];
}
