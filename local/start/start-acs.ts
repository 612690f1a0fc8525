import { type RunningEmulator, startEmulator } from '../emulator/start-emulator.ts';
import { readSetting, type Settings } from '../host/settings.ts';

/** Whom a local run calls from where the settings name nobody. The number is one of those kept for fiction. */
const LOCAL_CALLER = {
  ACS_SOURCE_USER: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-0000-4000-8000-00000000a001',
  CALLER_ID: '+18335550100',
};

/** Shorter than in life: who looks on waits for it. */
const RING_SECONDS = 20;

/** ACS for a local run. */
export interface LocalAcs {
  /** What the app has to know to reach it, and to be reached. */
  readonly settings: Settings;
  /** Undefined when the settings name a resource of their own. */
  readonly emulator: RunningEmulator | undefined;
}

/**
 * Starts the emulator of ACS and its callees, unless the settings name a Communication Services resource.
 *
 * @throws Error in plain words when the port is taken.
 */
export async function startAcs(
  configured: Settings,
  { appUrl, port }: { readonly appUrl: string; readonly port: number },
): Promise<LocalAcs> {
  const isConfigured = (name: string) => readSetting(configured, name) !== undefined;
  if (isConfigured('ACS_CONNECTION_STRING') || isConfigured('ACS_ENDPOINT')) {
    return { settings: {}, emulator: undefined };
  }
  const emulator = await startEmulator({ port, ringSeconds: RING_SECONDS });
  const local = { ...LOCAL_CALLER, CALLBACK_BASE_URL: appUrl };
  const missing = Object.entries(local).filter(([name]) => !isConfigured(name));
  return {
    settings: { ...Object.fromEntries(missing), ACS_CONNECTION_STRING: emulator.connectionString },
    emulator,
  };
}
