import { assertMessageFits, assertReceive } from '../../shared/queues/message-limits.ts';
import { decodeMessageText, encodeMessageText } from '../../shared/queues/message-text.ts';
import type { ReceivedMessage } from '../../shared/queues/queue.ts';

interface Kept {
  readonly messageId: string;
  /** As it lies in the queue, where that is not what we make of the text. */
  readonly raw: string | undefined;
  readonly text: string | undefined;
  readonly insertedAtMs: number;
  visibleAtMs: number;
  receives: number;
  receipt: number;
}

/**
 * What lies in one queue. Beside what the app asks of a queue it does what the Functions host does: it hides a message
 * again, and tells when the next one becomes visible.
 */
export class QueueStorage {
  readonly name: string;
  #messages: Kept[] = [];
  #counter = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Messages in the queue, hidden ones included. */
  get size(): number {
    return this.#messages.length;
  }

  /** Undefined when the queue is empty. */
  get nextVisibleAtMs(): number | undefined {
    let next: number | undefined;
    for (const { visibleAtMs } of this.#messages) {
      if (next === undefined || visibleAtMs < next) next = visibleAtMs;
    }
    return next;
  }

  /** Messages that could be received now. */
  visible(nowMs: number): number {
    let count = 0;
    for (const { visibleAtMs } of this.#messages) if (visibleAtMs <= nowMs) count += 1;
    return count;
  }

  /** The texts that lie in the queue, hidden ones included. */
  get texts(): readonly string[] {
    return this.#messages.flatMap(({ text }) => text ?? []);
  }

  put(text: string, nowMs: number, delaySeconds = 0): void {
    assertMessageFits(text, delaySeconds);
    this.#keep({ text: text.toWellFormed(), raw: undefined }, nowMs, nowMs + delaySeconds * 1000);
  }

  /** Puts a text as it is, without encoding it: what a foreign sender may do. */
  putRaw(raw: string, nowMs: number): void {
    this.#keep({ text: decodeMessageText(raw), raw }, nowMs, nowMs);
  }

  receive(max: number, nowMs: number, hideSeconds: number): readonly ReceivedMessage[] {
    assertReceive(max, hideSeconds);
    return this.#visible(nowMs)
      .slice(0, max)
      .map(message => {
        message.receives += 1;
        message.receipt = ++this.#counter;
        message.visibleAtMs = nowMs + hideSeconds * 1000;
        return new Received(message);
      });
  }

  /** When the message at the front was put; undefined where none is visible. */
  oldestInsertedAt(nowMs: number): Date | undefined {
    const front = this.#visible(nowMs)[0];
    return front === undefined ? undefined : new Date(front.insertedAtMs);
  }

  /** False when the message is gone, or was received again since. */
  delete({ messageId, popReceipt }: Pick<ReceivedMessage, 'messageId' | 'popReceipt'>): boolean {
    const index = this.#find(messageId, popReceipt);
    if (index < 0) return false;
    this.#messages.splice(index, 1);
    return true;
  }

  /** Hides a message for so long from now on; false as for {@link delete}. */
  hide({ messageId, popReceipt }: ReceivedMessage, nowMs: number, hideSeconds: number): boolean {
    const message = this.#messages[this.#find(messageId, popReceipt)];
    if (message === undefined) return false;
    message.visibleAtMs = nowMs + hideSeconds * 1000;
    return true;
  }

  #keep(content: Pick<Kept, 'text' | 'raw'>, insertedAtMs: number, visibleAtMs: number): void {
    const messageId = `${this.name}-${++this.#counter}`;
    this.#messages.push({ ...content, messageId, insertedAtMs, visibleAtMs, receives: 0, receipt: 0 });
  }

  #visible(nowMs: number): Kept[] {
    const visible = this.#messages.filter(({ visibleAtMs }) => visibleAtMs <= nowMs);
    return visible.sort((a, b) => a.visibleAtMs - b.visibleAtMs);
  }

  #find(messageId: string, popReceipt: string): number {
    return this.#messages.findIndex(
      message => message.messageId === messageId && String(message.receipt) === popReceipt,
    );
  }
}

class Received implements ReceivedMessage {
  readonly messageId: string;
  readonly popReceipt: string;
  readonly dequeueCount: number;
  readonly insertedAt: Date;
  readonly text: string | undefined;
  readonly #raw: string | undefined;

  constructor({ messageId, text, raw, insertedAtMs, receives, receipt }: Kept) {
    this.messageId = messageId;
    this.popReceipt = String(receipt);
    this.dequeueCount = receives;
    this.insertedAt = new Date(insertedAtMs);
    this.text = text;
    this.#raw = raw;
  }

  get raw(): string {
    return this.#raw ?? encodeMessageText(this.text ?? '');
  }
}
