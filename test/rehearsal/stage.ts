import type { CalleeBookInput } from '../../local/emulator/core/callee-book.ts';
import type { FaultSettingsInput } from '../../local/emulator/faults/fault-settings.ts';
import { type RunningEmulator, startEmulator } from '../../local/emulator/start-emulator.ts';
import type { ActingDialect } from '../../shared/actions/dialect-support.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { startTemporaryAzurite } from '../support/temporary-azurite.ts';
import { CALLEES } from './callees.ts';

/** Opens the callback URLs of a rehearsal. */
export const CALLBACK_SECRET = 'the secret of the rehearsal';

/** How a rehearsal is set up. */
export interface StageOptions {
  /** Of the calls, the 2021-04 preview unless told; on GA callbacks bear tokens. */
  readonly dialect?: ActingDialect;
  readonly seed: number;
  /** How many times faster than in life the callees are. */
  readonly speed: number;
  readonly faults: FaultSettingsInput;
  /** Who answers; those of a rehearsal unless told. */
  readonly callees?: CalleeBookInput;
  /** What the app is told beside how to reach the emulator. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The built app, its storage, and an ACS with callees, each on this machine. */
export interface Stage {
  readonly app: AppProcess;
  readonly emulator: RunningEmulator;
  close(): Promise<void>;
}

/** Brings everything up on free ports; needs `npm run build` before. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { dialect = 'preview-2021-04', seed, speed, faults, callees = CALLEES, settings = {} } = options;
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const azurite = await startTemporaryAzurite();
    closers.push(() => azurite.remove());
    const emulator = await startEmulator({ seed, speed, faults, callees });
    closers.push(() => emulator.close());
    const app = await startAppProcess({
      settings: {
        AzureWebJobsStorage: azurite.connectionString,
        CALLBACK_SECRET,
        ACS_DIALECT: dialect,
        ...(dialect === 'ga' && {
          CALLBACK_JWT_AUDIENCE: emulator.tokens.audience,
          CALLBACK_JWT_ISSUER: emulator.tokens.issuer,
          CALLBACK_JWT_JWKS_URL: emulator.tokens.jwksUrl,
        }),
        ACS_CONNECTION_STRING: emulator.connectionString,
        ACS_SOURCE_USER: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-0000-4000-8000-00000000a001',
        ...settings,
      },
    });
    closers.push(() => app.stop());
    return { app, emulator, close };
  } catch (error) {
    await close();
    throw error;
  }
}
