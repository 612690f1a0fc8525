import { describe, expect, it } from 'vitest';
import type { Queue, ReceivedMessage } from '../../../shared/queues/queue.ts';
import { StorageError } from '../../../shared/store/storage-error.ts';

/** A queue under test, and what the port does not offer. */
export interface QueueUnderTest {
  readonly queue: Queue;
  /** Puts a text as it is: what a foreign sender may do. */
  putRaw(raw: string): Promise<void>;
  /** Lets time pass until a check holds; throws after a while in which it does not. */
  waitUntil(check: () => Promise<boolean>): Promise<void>;
}

/** What every implementation of Queue must do; `makeQueue` makes an empty queue that does not exist yet, if it can. */
export function queueConformance(makeQueue: () => QueueUnderTest): void {
  describe('put and receive', () => putAndReceive(makeQueue));
  describe('visibility', () => visibility(makeQueue));
  describe('delete', () => deletion(makeQueue));
  describe('limits', () => limits(makeQueue));
}

function putAndReceive(makeQueue: () => QueueUnderTest): void {
  it('receives nothing, and no age, from a queue that does not exist yet', async () => {
    const { queue } = makeQueue();

    expect(await queue.receive(32, 30)).toEqual([]);
    expect(await queue.oldestInsertedAt()).toBeUndefined();
  });

  it('tells no age of a queue that does not exist yet', async () => {
    expect(await makeQueue().queue.oldestInsertedAt()).toBeUndefined();
  });

  it.each([
    { name: 'a text', text: '{"call":"a1"}' },
    { name: 'an empty text', text: '' },
    { name: 'a text of any script', text: 'čeština — 日本語 — 😀' },
    { name: 'a text with markup, controls and line ends', text: '<a>&amp;]]>\u0000\u001f\r\n\u2028' },
    { name: 'a text with a byte order mark', text: '\ufefftext' },
    { name: 'a text of spaces', text: '  ' },
  ])('returns $name as it was put, with base64 of it as raw text', async ({ text }) => {
    const { queue } = makeQueue();

    await queue.put(text);

    const raw = Buffer.from(text).toString('base64');
    expect(await queue.receive(1, 30)).toMatchObject([{ text, raw, dequeueCount: 1 }]);
  });

  it('replaces a lone surrogate, which UTF-8 cannot hold', async () => {
    const { queue } = makeQueue();

    await queue.put('a\ud800b');

    expect(await queue.receive(1, 30)).toMatchObject([{ text: 'a\ufffdb' }]);
  });

  it.each([
    { name: 'is not base64', raw: 'plain text' },
    { name: 'is base64 without padding', raw: 'eA' },
    { name: 'is base64 of bytes that are not UTF-8', raw: '//79' },
  ])('returns no text when the raw text $name', async ({ raw }) => {
    const { queue, putRaw } = makeQueue();
    await queue.receive(1, 30);

    await putRaw(raw);

    const [message] = await queue.receive(1, 30);
    expect(message).toMatchObject({ raw });
    expect(message?.text).toBeUndefined();
  });

  it('receives the oldest first, each message once, as many as asked for', async () => {
    const { queue } = makeQueue();
    for (let n = 0; n < 5; n++) {
      await queue.put(`${n}`);
    }

    const first = await queue.receive(3, 30);
    const rest = await queue.receive(32, 30);

    expect(first.map(message => message.text)).toEqual(['0', '1', '2']);
    expect(rest.map(message => message.text)).toEqual(['3', '4']);
    expect(new Set([...first, ...rest].map(message => message.messageId)).size).toBe(5);
  });

  it('shares messages out among concurrent receivers', async () => {
    const { queue } = makeQueue();
    await Promise.all(Array.from({ length: 40 }, (_, n) => queue.put(`${n}`)));

    const batches = await Promise.all(Array.from({ length: 8 }, () => queue.receive(5, 30)));

    const texts = batches.flat().map(message => Number(message.text));
    expect(texts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });
}

function visibility(makeQueue: () => QueueUnderTest): void {
  it('hides received and delayed messages', async () => {
    const { queue } = makeQueue();
    await queue.put('later', { delaySeconds: 60 });
    await queue.put('now');

    expect(await queue.receive(32, 60)).toMatchObject([{ text: 'now' }]);
    expect(await queue.receive(32, 60)).toEqual([]);
    expect(await queue.oldestInsertedAt()).toBeUndefined();
  });

  it('returns a received message after its time with a higher count and another receipt', async () => {
    const { queue, waitUntil } = makeQueue();
    await queue.put('text');

    const [first] = await queue.receive(1, 1);
    const second = await receiveOne(queue, waitUntil);

    expect(first?.dequeueCount).toBe(1);
    expect(second).toMatchObject({ messageId: first?.messageId, dequeueCount: 2, text: 'text' });
    expect(second?.popReceipt).not.toBe(first?.popReceipt);
    expect(second?.insertedAt).toEqual(first?.insertedAt);
  });

  it('returns a delayed message after its time', async () => {
    const { queue, waitUntil } = makeQueue();

    await queue.put('text', { delaySeconds: 1 });

    expect(await receiveOne(queue, waitUntil)).toMatchObject({ text: 'text', dequeueCount: 1 });
  });

  it('tells when the message at the front was put, and hides nothing', async () => {
    const { queue } = makeQueue();
    await queue.put('text');

    const insertedAt = await queue.oldestInsertedAt();

    const [message] = await queue.receive(1, 30);
    expect(message).toMatchObject({ dequeueCount: 1, insertedAt });
    expect(await queue.oldestInsertedAt()).toBeUndefined();
  });
}

function deletion(makeQueue: () => QueueUnderTest): void {
  it('deletes a message with the receipt of its last receive, once', async () => {
    const { queue } = makeQueue();
    await queue.put('one');
    await queue.put('two');
    const [message] = await queue.receive(1, 30);
    const key = { messageId: message?.messageId ?? '', popReceipt: message?.popReceipt ?? '' };

    expect(await queue.delete(key)).toBe(true);
    expect(await queue.delete(key)).toBe(false);
    expect(await queue.receive(32, 30)).toMatchObject([{ text: 'two' }]);
  });

  it('deletes a message that is visible again but not received again', async () => {
    const { queue, waitUntil } = makeQueue();
    await queue.put('text');
    const [message] = await queue.receive(1, 1);
    await waitUntil(async () => (await queue.oldestInsertedAt()) !== undefined);

    expect(await queue.delete({ messageId: '', popReceipt: '', ...message })).toBe(true);
    expect(await queue.oldestInsertedAt()).toBeUndefined();
  });

  it('refuses a stale receipt and keeps the message', async () => {
    const { queue, waitUntil } = makeQueue();
    await queue.put('text');
    const [first] = await queue.receive(1, 1);
    const second = await receiveOne(queue, waitUntil);

    expect(await queue.delete({ messageId: '', popReceipt: '', ...first })).toBe(false);
    expect(await queue.delete({ messageId: '', popReceipt: '', ...second })).toBe(true);
  });
}

function limits(makeQueue: () => QueueUnderTest): void {
  it.each([
    { name: 'ASCII', text: 'x'.repeat(49_152) },
    { name: 'three-byte characters', text: '日'.repeat(16_384) },
  ])('takes 49,152 bytes of $name', async ({ text }) => {
    const { queue } = makeQueue();

    await queue.put(text);

    expect((await queue.receive(1, 30))[0]?.text).toBe(text);
  });

  it.each<{ name: string; act: (queue: Queue) => Promise<unknown> }>([
    { name: 'a text of 49,153 bytes', act: queue => queue.put('x'.repeat(49_153)) },
    { name: 'a short text of more bytes than that', act: queue => queue.put('日'.repeat(16_385)) },
    { name: 'a negative delay', act: queue => queue.put('x', { delaySeconds: -1 }) },
    { name: 'a delay of more than 7 days', act: queue => queue.put('x', { delaySeconds: 604_801 }) },
    { name: 'a delay of half a second', act: queue => queue.put('x', { delaySeconds: 0.5 }) },
    { name: 'to receive no message', act: queue => queue.receive(0, 30) },
    { name: 'to receive 33 messages', act: queue => queue.receive(33, 30) },
    { name: 'to hide for no time', act: queue => queue.receive(1, 0) },
    { name: 'to hide for more than 7 days', act: queue => queue.receive(1, 604_801) },
  ])('refuses $name for good', async ({ act }) => {
    const { queue } = makeQueue();

    const error = await act(queue).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ transient: false });
    expect(await queue.receive(1, 30)).toEqual([]);
  });
}

async function receiveOne(
  queue: Queue,
  waitUntil: QueueUnderTest['waitUntil'],
): Promise<ReceivedMessage | undefined> {
  let received: ReceivedMessage | undefined;
  await waitUntil(async () => {
    [received] = await queue.receive(1, 30);
    return received !== undefined;
  });
  return received;
}
