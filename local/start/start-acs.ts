import type { ActingDialect } from '../../shared/actions/dialect-support.ts';
import { type RunningEmulator, startEmulator } from '../emulator/start-emulator.ts';
import { readSetting, type Settings } from '../host/settings.ts';

/** Whom a local run calls from where the settings name nobody. The number is one of those kept for fiction. */
const LOCAL_CALLER = {
  ACS_SOURCE_USER: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-0000-4000-8000-00000000a001',
  CALLER_ID: '+18335550100',
};

/** Shorter than in life: who looks on waits for it. */
const RING_SECONDS = 20;

/** In the URL by which the emulator tells of calls that come in. */
const LOCAL_EVENT_GRID_KEY = 'for-local-use-only';

/** What a local run needs of ACS. */
export interface LocalAcsOptions {
  /** Where ACS finds the app. */
  readonly appUrl: string;
  /** Of the emulator. */
  readonly port: number;
  /** Of calls that name none; undefined for what the settings say. */
  readonly dialect: ActingDialect | undefined;
}

/** ACS for a local run. */
export interface LocalAcs {
  /** What the app has to know to reach it, and to be reached. */
  readonly settings: Settings;
  /** Undefined when the settings name a resource of their own. */
  readonly emulator: RunningEmulator | undefined;
}

/**
 * Starts the emulator of ACS and its callees, unless the settings name a Communication Services resource. On GA the app
 * asks for the token of callbacks, as it does on Azure, and calls that come in are told to it.
 *
 * @throws Error in plain words when the port is taken.
 */
export async function startAcs(configured: Settings, options: LocalAcsOptions): Promise<LocalAcs> {
  const { appUrl, port, dialect } = options;
  const isConfigured = (name: string) => readSetting(configured, name) !== undefined;
  const chosen: Settings = dialect === undefined ? {} : { ACS_DIALECT: dialect };
  if (isConfigured('ACS_CONNECTION_STRING') || isConfigured('ACS_ENDPOINT')) {
    return { settings: chosen, emulator: undefined };
  }
  const isGa = (dialect ?? readSetting(configured, 'ACS_DIALECT')) === 'ga';
  const key = readSetting(configured, 'EVENT_GRID_KEY') ?? LOCAL_EVENT_GRID_KEY;
  const url = `${appUrl}/api/event-grid?key=${encodeURIComponent(key)}`;
  const emulator = await startEmulator({
    port,
    ringSeconds: RING_SECONDS,
    ...(isGa && { eventGrid: { url } }),
  });
  const local = { ...LOCAL_CALLER, CALLBACK_BASE_URL: appUrl, ...(isGa && gaSettings(emulator)) };
  const missing = Object.entries(local).filter(([name]) => !isConfigured(name));
  return {
    settings: {
      ...Object.fromEntries(missing),
      ...chosen,
      ACS_CONNECTION_STRING: emulator.connectionString,
    },
    emulator,
  };
}

/** With these the app takes callbacks of GA with a token of the emulator alone. */
function gaSettings({ tokens }: RunningEmulator): Settings {
  return {
    CALLBACK_JWT_AUDIENCE: tokens.audience,
    CALLBACK_JWT_ISSUER: tokens.issuer,
    CALLBACK_JWT_JWKS_URL: tokens.jwksUrl,
    EVENT_GRID_KEY: LOCAL_EVENT_GRID_KEY,
  };
}
