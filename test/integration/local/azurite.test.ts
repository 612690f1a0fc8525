import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Azurite, startAzurite } from '../../../local/azurite.ts';
import { isPortFree } from '../../../local/port.ts';

describe('startAzurite', () => {
  let location: string;
  let azurite: Azurite;

  beforeAll(async () => {
    location = await mkdtemp(join(tmpdir(), 'ringback-azurite-'));
    azurite = await startAzurite({ location });
  });

  afterAll(async () => {
    await azurite.stop();
    await rm(location, { recursive: true, force: true });
  });

  it('serves queues at its connection string when it has started', async () => {
    const queue = QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient(
      'greetings',
    );

    await queue.create();
    await queue.sendMessage('hello');

    const received = await queue.receiveMessages();
    expect(received.receivedMessageItems.map(item => item.messageText)).toEqual(['hello']);
  });

  it('rejects with the output of the process when a given port is taken', async () => {
    const { ports } = azurite;

    const second = startAzurite({ location: join(location, 'second'), ports });

    await expect(second).rejects.toThrow(/EADDRINUSE/);
  });

  it('leaves no process behind when its parent is killed', async () => {
    const parent = await spawnParent(join(location, 'orphan'));
    const queuePort = await readPort(parent);
    expect(await isPortFree(queuePort)).toBe(false);

    parent.kill('SIGKILL');

    await vi.waitFor(async () => expect(await isPortFree(queuePort)).toBe(true), { timeout: 10_000 });
  });
});

async function spawnParent(location: string): Promise<ChildProcess> {
  const module = new URL('../../../local/azurite.ts', import.meta.url).href;
  const script = `
    const { startAzurite } = await import(${JSON.stringify(module)});
    const azurite = await startAzurite({ location: ${JSON.stringify(location)} });
    console.log(azurite.ports.queue);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function readPort(parent: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    parent.stdout?.once('data', (data: Buffer) => resolve(Number(data.toString())));
    parent.once('exit', code => reject(new Error(`The parent ended with code ${code}.`)));
  });
}
