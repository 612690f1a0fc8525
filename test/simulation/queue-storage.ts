import { assertMessageFits } from '../../shared/queues/message-limits.ts';
import { encodeMessageText } from '../../shared/queues/message-text.ts';
import type { ReceivedMessage } from '../../shared/queues/queue.ts';

interface Kept {
  readonly messageId: string;
  readonly text: string;
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

  /** The texts that lie in the queue, hidden ones included. */
  get texts(): readonly string[] {
    return this.#messages.map(({ text }) => text);
  }

  put(text: string, nowMs: number, delaySeconds = 0): void {
    assertMessageFits(text, delaySeconds);
    this.#messages.push({
      messageId: `${this.name}-${++this.#counter}`,
      text,
      insertedAtMs: nowMs,
      visibleAtMs: nowMs + delaySeconds * 1000,
      receives: 0,
      receipt: 0,
    });
  }

  receive(max: number, nowMs: number, hideSeconds: number): readonly ReceivedMessage[] {
    const visible = this.#messages.filter(({ visibleAtMs }) => visibleAtMs <= nowMs);
    visible.sort((a, b) => a.visibleAtMs - b.visibleAtMs);
    return visible.slice(0, max).map(message => {
      message.receives += 1;
      message.receipt = ++this.#counter;
      message.visibleAtMs = nowMs + hideSeconds * 1000;
      return received(message);
    });
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

  #find(messageId: string, popReceipt: string): number {
    return this.#messages.findIndex(
      message => message.messageId === messageId && String(message.receipt) === popReceipt,
    );
  }
}

function received(message: Kept): ReceivedMessage {
  const { messageId, text, insertedAtMs, receives, receipt } = message;
  return {
    messageId,
    popReceipt: String(receipt),
    dequeueCount: receives,
    insertedAt: new Date(insertedAtMs),
    get raw() {
      return encodeMessageText(text);
    },
    text,
  };
}
