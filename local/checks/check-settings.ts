import { readSettings, SettingsError } from '../../shared/config/settings.ts';
import { resolveIncomingRoutes } from '../../shared/resolve-incoming-routes.ts';
import { loadSettings, readSetting } from '../host/settings.ts';
import type { CheckResult } from './check-result.ts';
import { checkStorageSetting } from './check-storage-setting.ts';

const REQUIRED = ['CALLBACK_SECRET', 'AzureWebJobsStorage', 'FUNCTIONS_WORKER_RUNTIME'];

/**
 * Checks that the settings file can be read, that nothing required is missing or empty, that the storage setting is a
 * connection string, and that the app can read the rest, down to the flows that it names. Shows no values.
 */
export async function checkSettings(
  appRoot: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<CheckResult> {
  let loaded: ReturnType<typeof loadSettings>;
  try {
    loaded = loadSettings(appRoot, env);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      level: 'fail',
      message,
      fix: 'Correct it, or delete it to start with local.settings.sample.json.',
    };
  }
  const { settings, file } = loaded;
  const missing = REQUIRED.filter(name => readSetting(settings, name) === undefined);
  if (missing.length > 0) {
    const fix = `Add to "Values" in local.settings.json what local.settings.sample.json has.`;
    return { level: 'fail', message: `Settings are missing or empty: ${missing.join(', ')}.`, fix };
  }
  const storageProblem = checkStorageSetting(readSetting(settings, 'AzureWebJobsStorage') ?? '');
  if (storageProblem !== undefined) return storageProblem;
  try {
    const { incomingRoutes } = readSettings(settings);
    await resolveIncomingRoutes(incomingRoutes, loadFlows);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { level: 'fail', message: `Settings are wrong: ${error.message}.`, fix: 'See docs/settings.md.' };
  }
  if (file === 'local.settings.json')
    return { level: 'ok', message: 'Settings come from local.settings.json.' };
  const message =
    'Settings come from local.settings.sample.json; copy it to local.settings.json to change them.';
  return { level: 'ok', message };
}

async function loadFlows() {
  const { FLOWS } = await import('../../flows/registry.ts');
  return FLOWS;
}
