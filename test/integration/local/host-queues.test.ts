import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../support/host-app.ts';

describe('startHost, queues', () => {
  let app: RunningApp;
  let work: QueueClient;
  let poison: QueueClient;

  beforeAll(async () => {
    app = await startApp({
      app: 'host-app',
      storageConnectionString: inject('storageConnectionString'),
      settings: { AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:00' },
    });
    work = queueOf(app, 'WORK_QUEUE');
    poison = queueOf(app, 'WORK_QUEUE', '-poison');
  });

  afterAll(() => app.stop());

  it('keeps asking for a queue that does not exist yet, and does not create it', async () => {
    await app.waitForMessage(/everySecond|timer/);

    expect(await work.exists()).toBe(false);
    expect(app.logged.filter(({ message }) => message.includes('cannot be read'))).toEqual([]);
  });

  it('leaves out a function when its queue name is a setting that is missing', () => {
    expect(app.host.functions.map(({ name }) => name)).not.toContain('unresolved');
    expect(app.logged.map(({ message }) => message)).toContain(
      'Function "unresolved" is left out: a setting in queueName "%NO_SUCH_SETTING%" is missing.',
    );
  });

  it('gives the parsed message to the function and deletes it when the run succeeds', async () => {
    await work.create();
    const sent = await work.sendMessage(encode('{"n":1}'));

    await app.waitForMessage(/^worked {"n":1}/);

    expect(runs(app, '"n":1')).toEqual([{ message: { n: 1 }, id: sent.messageId, dequeueCount: 1 }]);
    await vi.waitFor(async () => expect(await countMessages(work)).toBe(0));
  });

  it('lets keys of the message hide the trigger metadata, and warns, as the real host does', async () => {
    await work.sendMessage(encode('{"id":"mine","dequeueCount":99,"at":"2021-04-01T00:00:00Z"}'));

    await app.waitForMessage(/^worked .*mine/);

    expect(runs(app, 'mine')).toMatchObject([{ id: 'mine', dequeueCount: 99 }]);
    await app.waitForMessage(/hide trigger metadata of the same name: id, dequeueCount/);
  });

  it('moves a message to the poison queue as it was when every try has failed', async () => {
    const text = encode('{"n":2,"then":"fail"}');
    await work.sendMessage(text);

    const [moved] = await receiveWhenThere(poison);

    expect(moved).toBe(text);
    expect(runs(app, '"n":2').map(run => run.dequeueCount)).toEqual([1, 2]);
    expect(await countMessages(work)).toBe(0);
  });

  it.each([
    { what: 'text that is not base64', text: '{"kind":"raw"}' },
    { what: 'bytes that are not UTF-8', text: Buffer.from([0xff, 0xfe, 0x00, 0x41]).toString('base64') },
  ])('moves $what to the poison queue without running the function', async ({ text }) => {
    const before = app.messagesOf('work').length;
    await work.sendMessage(text);

    const [moved] = await receiveWhenThere(poison);

    expect(moved).toBe(text);
    const after = app.messagesOf('work').slice(before);
    expect(after.filter(message => message.startsWith('work '))).toEqual([]);
  });

  it('gives bytes to a function that asks for binary data', async () => {
    const binary = queueOf(app, 'BINARY_QUEUE');
    await binary.create();

    await binary.sendMessage(Buffer.from([0xff, 0xfe, 0x00, 0x41]).toString('base64'));

    expect(await app.waitForMessage(/^bytes /)).toBe('bytes true fffe0041');
  });

  it('leaves a message hidden and makes no poison of poison when a poison queue function fails', async () => {
    const parked = queueOf(app, 'OTHER_QUEUE', '-poison');
    await parked.create();

    await parked.sendMessage(encode('{"n":3,"then":"fail"}'));

    await vi.waitFor(() => expect(app.messagesOf('poisoned').join()).toContain('Failed: Error: as asked'));
    expect(await countMessages(parked)).toBe(1);
    expect((await parked.receiveMessages()).receivedMessageItems).toEqual([]);
    expect(await queueOf(app, 'OTHER_QUEUE', '-poison-poison').exists()).toBe(false);
  });

  it('leaves a message of a poison queue that cannot be bound hidden, without running the function', async () => {
    const parked = queueOf(app, 'OTHER_QUEUE', '-poison');
    await parked.createIfNotExists();
    const before = await countMessages(parked);

    await parked.sendMessage('{"kind":"raw"}');

    await vi.waitFor(
      () =>
        expect(app.messagesOf('poisoned').join()).toContain('could not be bound: The message is not base64'),
      10_000,
    );
    expect((await parked.receiveMessages()).receivedMessageItems).toEqual([]);
    expect(await countMessages(parked)).toBe(before + 1);
    expect(app.messagesOf('poisoned').join()).not.toContain('"kind":"raw"');
  });

  it('works on a batch and on the next one at once, and no more', async () => {
    const bodies = Array.from({ length: 12 }, (_, index) => ({ batch: index, ms: 300 }));
    await Promise.all(bodies.map(body => work.sendMessage(encode(JSON.stringify(body)))));

    await vi.waitFor(
      () => expect(batchLines(app).filter(line => line.startsWith('worked '))).toHaveLength(12),
      {
        timeout: 10_000,
      },
    );

    expect(mostAtOnce(batchLines(app))).toBeLessThanOrEqual(6);
    expect(mostAtOnce(batchLines(app))).toBeGreaterThan(1);
  });
});

describe('startHost, message lease', () => {
  it('keeps a message hidden while it is worked on for longer than the lease', async () => {
    const app = await startApp({
      app: 'host-app',
      storageConnectionString: inject('storageConnectionString'),
      queueLeaseMs: 1_000,
    });
    const work = queueOf(app, 'WORK_QUEUE');
    await work.create();

    await work.sendMessage(encode('{"ms":2500}'));
    await app.waitForMessage(/^worked /);
    await app.stop();

    expect(runs(app, 'ms')).toHaveLength(1);
    expect(await countMessages(work)).toBe(0);
  });
});

function queueOf(app: RunningApp, setting: string, suffix = ''): QueueClient {
  const connectionString = app.settings['AzureWebJobsStorage'] ?? '';
  return new QueueClient(connectionString, `${app.settings[setting]}${suffix}`);
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

async function countMessages(queue: QueueClient): Promise<number> {
  return (await queue.getProperties()).approximateMessagesCount ?? 0;
}

async function receiveWhenThere(queue: QueueClient): Promise<string[]> {
  return vi.waitFor(
    async () => {
      const { receivedMessageItems } = await queue.receiveMessages();
      expect(receivedMessageItems).not.toEqual([]);
      for (const { messageId, popReceipt } of receivedMessageItems)
        await queue.deleteMessage(messageId, popReceipt);
      return receivedMessageItems.map(item => item.messageText);
    },
    { timeout: 10_000 },
  );
}

interface Run {
  readonly message: unknown;
  readonly id: string;
  readonly dequeueCount: number;
}

function runs(app: RunningApp, containing: string): Run[] {
  return app
    .messagesOf('work')
    .filter(message => message.startsWith('work ') && message.includes(containing))
    .map(message => JSON.parse(message.slice('work '.length)) as Run);
}

function batchLines(app: RunningApp): string[] {
  return app.messagesOf('work').filter(message => message.includes('"batch"'));
}

function mostAtOnce(lines: readonly string[]): number {
  let running = 0;
  let most = 0;
  for (const line of lines) {
    running += line.startsWith('work ') ? 1 : -1;
    most = Math.max(most, running);
  }
  return most;
}
