import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Azurite, startAzurite } from '../../../local/azurite.ts';
import { findFreePorts } from '../../../local/port.ts';
import { AzureQueue } from '../../../shared/queues/azure-queue.ts';
import { AzureTable } from '../../../shared/store/azure-table.ts';
import { pollUntil } from '../../support/poll-until.ts';

const START = resolve(import.meta.dirname, '..', '..', '..', 'local', 'start.mjs');

describe('npm start --data', () => {
  let dataDir: string;
  let child: ChildProcess;
  let output: string;
  let exited: Promise<number | null>;
  let again: Azurite | undefined;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'ringback-kept-'));
    const [port = 0] = await findFreePorts(1);
    const args = [START, '--port', String(port), '--data', dataDir, '--host', 'embedded'];
    const env = { ...process.env, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
    // A group of its own, as a terminal makes it: signals go to all of it.
    child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    exited = new Promise(settle => child.once('exit', settle));
  });

  afterEach(async () => {
    signalGroup('SIGKILL');
    await again?.stop();
    again = undefined;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  function signalGroup(signal: NodeJS.Signals): void {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // Nobody of the group is left.
    }
  }

  it.each([
    { how: 'its processes are killed', signals: ['SIGKILL'], exitCode: null },
    { how: 'its terminal is closed', signals: ['SIGHUP'], exitCode: 0 },
    { how: 'it is told twice to stop', signals: ['SIGINT', 'SIGTERM'], exitCode: 130 },
  ] as const)('has what was stored before when it is started again after $how', async scenario => {
    const connectionString = await pollUntil('the app runs', () => connectionStringIn(output), 30_000);
    await tableAt(connectionString).commit('p', [{ kind: 'create', rowKey: 'r', values: { kept: 'yes' } }]);
    await queueAt(connectionString).put('kept');

    for (const signal of scenario.signals) signalGroup(signal);
    again = await startAzurite({ location: join(dataDir, 'azurite') });

    expect(await exited).toBe(scenario.exitCode);
    expect((await tableAt(again.connectionString).get('p', 'r'))?.values).toEqual({ kept: 'yes' });
    const [message] = await queueAt(again.connectionString).receive(1, 60);
    expect(message?.text).toBe('kept');
  });
});

function connectionStringIn(output: string): string | undefined {
  if (!output.includes('Ctrl-C stops everything.')) return undefined;
  return /Azurite, connection string (\S+)/.exec(output)?.[1];
}

function tableAt(connectionString: string): AzureTable {
  return new AzureTable({ connectionString, tableName: 'Kept' });
}

function queueAt(connectionString: string): AzureQueue {
  return new AzureQueue({ connectionString, queueName: 'kept' });
}
