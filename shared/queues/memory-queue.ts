import { assertMessageFits, assertReceive } from './message-limits.ts';
import { decodeMessageText, encodeMessageText } from './message-text.ts';
import type { Queue, ReceivedMessage } from './queue.ts';
import { VisibilityHeap } from './visibility-heap.ts';

interface MemoryMessage {
  readonly messageId: string;
  readonly order: number;
  readonly insertedAtMs: number;
  readonly raw: string;
  readonly text: string | undefined;
  visibleAtMs: number;
  position: number;
  popReceipt: string;
  dequeueCount: number;
}

/**
 * A queue in memory: the outcomes and limits of {@link AzureQueue}, without its failures.
 *
 * Messages come in the order in which they became visible, then as they were put. Ids and receipts are counted, so a
 * run repeats exactly. Every method takes effect before it returns its promise, in O(log n).
 */
export class MemoryQueue implements Queue {
  readonly #clock: { now(): number };
  readonly #messages = new Map<string, MemoryMessage>();
  readonly #byVisibility = new VisibilityHeap<MemoryMessage>();
  #puts = 0;
  #receives = 0;

  /** @param clock tells the time in milliseconds since 1970. */
  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /** Messages in the queue, hidden ones included. */
  get size(): number {
    return this.#messages.size;
  }

  async put(text: string, options: { readonly delaySeconds?: number } = {}): Promise<void> {
    const { delaySeconds = 0 } = options;
    assertMessageFits(text, delaySeconds);

    this.#add({ raw: encodeMessageText(text), text: text.toWellFormed(), delaySeconds });
  }

  /** Puts a text as it is, without encoding it: what a foreign sender may do. */
  async putRaw(raw: string): Promise<void> {
    this.#add({ raw, text: decodeMessageText(raw), delaySeconds: 0 });
  }

  async receive(max: number, hideSeconds: number): Promise<readonly ReceivedMessage[]> {
    assertReceive(max, hideSeconds);

    const now = this.#clock.now();
    const received: ReceivedMessage[] = [];
    while (received.length < max) {
      const message = this.#byVisibility.first;
      if (message === undefined || message.visibleAtMs > now) {
        break;
      }
      this.#receives++;
      message.popReceipt = `receipt-${this.#receives}`;
      message.dequeueCount++;
      message.visibleAtMs = now + hideSeconds * 1000;
      this.#byVisibility.move(message);
      received.push(toReceivedMessage(message));
    }
    return received;
  }

  async delete(message: Pick<ReceivedMessage, 'messageId' | 'popReceipt'>): Promise<boolean> {
    const kept = this.#messages.get(message.messageId);
    if (kept === undefined || kept.popReceipt !== message.popReceipt) {
      return false;
    }
    this.#messages.delete(kept.messageId);
    this.#byVisibility.remove(kept);
    return true;
  }

  async oldestInsertedAt(): Promise<Date | undefined> {
    const message = this.#byVisibility.first;
    return message === undefined || message.visibleAtMs > this.#clock.now()
      ? undefined
      : new Date(message.insertedAtMs);
  }

  #add(content: {
    readonly raw: string;
    readonly text: string | undefined;
    readonly delaySeconds: number;
  }): void {
    const now = this.#clock.now();
    this.#puts++;
    const message: MemoryMessage = {
      messageId: `message-${this.#puts}`,
      order: this.#puts,
      // The service tells whole seconds.
      insertedAtMs: Math.floor(now / 1000) * 1000,
      raw: content.raw,
      text: content.text,
      visibleAtMs: now + content.delaySeconds * 1000,
      position: 0,
      popReceipt: '',
      dequeueCount: 0,
    };
    this.#messages.set(message.messageId, message);
    this.#byVisibility.add(message);
  }
}

function toReceivedMessage(message: MemoryMessage): ReceivedMessage {
  return {
    messageId: message.messageId,
    popReceipt: message.popReceipt,
    dequeueCount: message.dequeueCount,
    insertedAt: new Date(message.insertedAtMs),
    raw: message.raw,
    text: message.text,
  };
}
