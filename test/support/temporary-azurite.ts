import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Azurite, startAzurite } from '../../local/azurite.ts';

/** An Azurite on a folder of its own that can be gone for a while. */
export interface TemporaryAzurite {
  readonly connectionString: string;
  /** Ends the process; the data stays. */
  interrupt(): Promise<void>;
  /** Starts it again on the same ports, with the same data. */
  resume(): Promise<void>;
  /** Ends the process and removes the data. */
  remove(): Promise<void>;
}

/** Starts an Azurite on free ports and a temporary folder. */
export async function startTemporaryAzurite(): Promise<TemporaryAzurite> {
  const location = await mkdtemp(join(tmpdir(), 'ringback-test-'));
  let azurite: Azurite = await startAzurite({ location });
  const { connectionString, ports } = azurite;
  return {
    connectionString,
    interrupt: () => azurite.stop(),
    async resume() {
      azurite = await startAzurite({ location, ports });
    },
    async remove() {
      await azurite.stop();
      await rm(location, { recursive: true, force: true });
    },
  };
}
