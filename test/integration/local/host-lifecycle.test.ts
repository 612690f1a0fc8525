import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueClient } from '@azure/storage-queue';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { findFreePorts } from '../../../local/port.ts';
import { type AppOptions, type RunningApp, startApp } from '../../support/host-app.ts';

describe('startHost', () => {
  const cleanUps: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function start(options: Partial<AppOptions> = {}): Promise<RunningApp> {
    const storageConnectionString = inject('storageConnectionString');
    const app = await startApp({ app: 'host-app', storageConnectionString, ...options });
    cleanUps.push(() => app.stop());
    return app;
  }

  async function createDataDir(): Promise<string> {
    const dataDir = await mkdtemp(join(tmpdir(), 'ringback-data-'));
    cleanUps.push(() => rm(dataDir, { recursive: true, force: true }));
    return dataDir;
  }

  it('runs timers by their schedule, one at the start, and keeps the status of those that are seldom due', async () => {
    const dataDir = await createDataDir();

    const app = await start({ dataDir });

    await vi.waitFor(() => expect(app.messagesOf('everySecond').length).toBeGreaterThan(1), {
      timeout: 5_000,
    });
    expect(JSON.parse((app.messagesOf('everySecond')[0] ?? '').slice('timer '.length))).toEqual({
      schedule: { adjustForDST: true },
      scheduleStatus: null,
      isPastDue: false,
    });
    expect(app.messagesOf('onStart')[0]).toContain('"last":"0001-01-01T00:00:00+00:00"');
    expect(app.messagesOf('daily')).toEqual([]);
    const stored = JSON.parse(await readFile(join(dataDir, 'timers', 'daily.json'), 'utf8')) as {
      next: string;
    };
    expect(stored.next).toMatch(/T03:00:00.000\+00:00$/);
  });

  it('runs a timer as past due when its next time has passed while the host was down', async () => {
    const dataDir = await createDataDir();
    const missed = '2024-01-02T03:00:00.000+00:00';
    await mkdir(join(dataDir, 'timers'));
    const status = { last: '2024-01-01T03:00:00.000+00:00', next: missed, lastUpdated: missed };
    await writeFile(join(dataDir, 'timers', 'daily.json'), JSON.stringify(status));

    const app = await start({ dataDir });

    const message = await app.waitForMessage(/^timer .*"isPastDue":true/);
    expect(message).toContain(`"next":"${missed}"`);
    await vi.waitFor(async () => {
      const stored = JSON.parse(await readFile(join(dataDir, 'timers', 'daily.json'), 'utf8')) as {
        next: string;
      };
      expect(Date.parse(stored.next)).toBeGreaterThan(Date.now());
    });
  });

  it('fails what runs in a process that crashes, starts it again, and runs a bystander message once more', async () => {
    const app = await start();
    const queue = new QueueClient(inject('storageConnectionString'), app.settings['WORK_QUEUE'] ?? '');
    await queue.create();
    await queue.sendMessage(Buffer.from('{"bystander":true,"ms":1000}').toString('base64'));
    await app.waitForMessage(/^work .*bystander/);

    const [crash, during] = await Promise.all([
      fetch(`${app.host.url}/api/crash`, { method: 'POST' }),
      app
        .waitForMessage(/ended with code 7; it is started again/)
        .then(() => fetch(`${app.host.url}/api/text`)),
    ]);

    expect(crash.status).toBe(500);
    expect(during.status).toBe(418);
    await app.waitForMessage(/^worked .*bystander/);
    const counts = app.messagesOf('work').filter(message => message.startsWith('work '));
    expect(counts.map(message => /"dequeueCount":(\d)/.exec(message)?.[1])).toEqual(['1', '2']);
  });

  it('moves a message that crashes the process each time to the poison queue', async () => {
    const app = await start();
    const name = app.settings['WORK_QUEUE'] ?? '';
    const poison = new QueueClient(inject('storageConnectionString'), `${name}-poison`);
    const queue = new QueueClient(inject('storageConnectionString'), name);
    await queue.create();

    await queue.sendMessage(Buffer.from('{"then":"crash"}').toString('base64'));

    await vi.waitFor(async () => expect((await poison.peekMessages()).peekedMessageItems).toHaveLength(1), {
      timeout: 15_000,
    });
  });

  it('answers 503 while the app loads', async () => {
    const [port = 0] = await findFreePorts(1);
    const started = start({ port, settings: { LOAD_DELAY_MS: '500' } });

    const response = await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/api/text`));

    expect(response.status).toBe(503);
    expect(await response.text()).toBe('Function host is not running.');
    await started;
  });

  it('gives up and tells so when the app no longer loads after a crash', async () => {
    const breaker = join(await createDataDir(), 'broken');
    const app = await start({ settings: { BROKEN_IF_EXISTS: breaker } });
    await writeFile(breaker, '');

    await fetch(`${app.host.url}/api/crash`, { method: 'POST' });

    expect(await app.host.failed).toContain('the app is broken by now');
    expect((await fetch(`${app.host.url}/api/text`)).status).toBe(503);
  });

  it('fails a run that exceeds functionTimeout and replaces the process', async () => {
    const app = await start({ settings: { AzureFunctionsJobHost__functionTimeout: '00:00:01' } });
    const before = await (await fetch(`${app.host.url}/api/pid`)).text();

    const response = await fetch(`${app.host.url}/api/slow?ms=20000`);

    expect(response.status).toBe(500);
    expect(await (await fetch(`${app.host.url}/api/pid`)).text()).not.toBe(before);
    await app.waitForMessage(/Timeout value of 1 s exceeded/);
  });

  it('finishes what is under way, runs the appTerminate hooks and takes nothing new when it is stopped', async () => {
    const app = await start();
    const queue = new QueueClient(inject('storageConnectionString'), app.settings['WORK_QUEUE'] ?? '');
    await queue.create();
    await queue.sendMessage(Buffer.from('{"n":1,"ms":700}').toString('base64'));
    await app.waitForMessage(/^work /);
    const slow = fetch(`${app.host.url}/api/slow?ms=700`);
    await vi.waitFor(() => fetch(`${app.host.url}/api/text`));

    await app.host.stop();

    expect(await (await slow).text()).toBe('done');
    expect(app.logged.map(({ message }) => message)).toContain('worked {"n":1,"ms":700}');
    expect(app.logged.at(-1)?.message).toBe('appTerminate');
    expect((await queue.getProperties()).approximateMessagesCount).toBe(0);
    await expect(fetch(`${app.host.url}/api/text`)).rejects.toThrow();
  });

  it('kills what does not end within the drain time when it is stopped', async () => {
    const app = await start({ drainTimeoutMs: 300 });
    const slow = fetch(`${app.host.url}/api/slow?ms=4000`);
    slow.catch(() => undefined);
    await vi.waitFor(() => fetch(`${app.host.url}/api/text`));
    const startedAt = Date.now();

    await app.host.stop();

    expect(Date.now() - startedAt).toBeLessThan(3_000);
    expect(app.logged.map(({ message }) => message)).toContain('appTerminate');
  });

  it('rejects when its port is taken', async () => {
    const app = await start();
    const port = Number(new URL(app.host.url).port);

    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken by another program.`);
  });

  it.each([
    { brokenBy: 'duplicateName', reason: 'Two functions are called "twice".' },
    {
      brokenBy: 'slashRoute',
      reason: 'Function "slashed": the route "/slashed" must not start with a slash.',
    },
    { brokenBy: 'streams', reason: 'The local host does not support enableHttpStream' },
    { brokenBy: 'logHook', reason: 'The local host does not run the hook "log".' },
    { brokenBy: 'throws', reason: 'the app is broken' },
    { brokenBy: 'exits', reason: "The app's process ended with code 3 while it loaded." },
    { brokenBy: 'outputBinding', reason: 'Function "writes": the output binding "queue" is not supported' },
  ])('rejects with the reason when the app is broken by $brokenBy', async ({ brokenBy, reason }) => {
    const broken = start({ app: 'broken-app', settings: { BROKEN_BY: brokenBy } });

    await expect(broken).rejects.toThrow(reason);
  });
});
