import type { Queue, ReceivedMessage } from '../../shared/queues/queue.ts';
import type { Faults } from './faults.ts';

/** A queue with whatever goes wrong on the way to it and back. */
export class FaultyQueue implements Queue {
  readonly #queue: Queue;
  readonly #faults: Faults;
  readonly #port: string;

  /** @param options.port names the queue in the requests that a fault plan sees. */
  constructor(queue: Queue, options: { readonly faults: Faults; readonly port: string }) {
    this.#queue = queue;
    this.#faults = options.faults;
    this.#port = options.port;
  }

  async put(text: string, options?: { readonly delaySeconds?: number }): Promise<void> {
    await this.#run('put', () => this.#queue.put(text, options), text);
  }

  receive(max: number, hideSeconds: number): Promise<readonly ReceivedMessage[]> {
    return this.#run('receive', () => this.#queue.receive(max, hideSeconds));
  }

  delete(message: Pick<ReceivedMessage, 'messageId' | 'popReceipt'>): Promise<boolean> {
    return this.#run('delete', () => this.#queue.delete(message));
  }

  oldestInsertedAt(): Promise<Date | undefined> {
    return this.#run('oldestInsertedAt', () => this.#queue.oldestInsertedAt());
  }

  async #run<Answer>(
    operation: 'put' | 'receive' | 'delete' | 'oldestInsertedAt',
    effect: () => Promise<Answer>,
    text?: string,
  ): Promise<Answer> {
    const asked = { port: this.#port, operation, ...(text === undefined ? {} : { text }) };
    return (await this.#faults.run(asked, effect)) as Answer;
  }
}
