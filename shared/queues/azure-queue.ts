import { QueueClient } from '@azure/storage-queue';
import {
  type AzureClientOptions,
  AzureRequests,
  DEFAULT_REQUEST_TIMEOUT_MS,
} from '../store/azure-requests.ts';
import { assertMessageFits, assertReceive } from './message-limits.ts';
import { decodeMessageText, encodeMessageText } from './message-text.ts';
import type { Queue, ReceivedMessage } from './queue.ts';

const NEVER_EXPIRES = -1;

const GONE_CODES: ReadonlySet<string | undefined> = new Set(['MessageNotFound', 'PopReceiptMismatch']);

/**
 * A queue of Azure Queue Storage.
 *
 * A put that failed without an answer is sent again, so one put can leave the message twice.
 */
export class AzureQueue implements Queue {
  readonly #client: QueueClient;
  readonly #requests: AzureRequests;

  constructor(options: AzureClientOptions & { readonly queueName: string }) {
    const client = connect(options);
    this.#client = client;
    this.#requests = new AzureRequests(
      { missingCode: 'QueueNotFound', create: abortSignal => client.createIfNotExists({ abortSignal }) },
      options,
    );
  }

  async put(text: string, options: { readonly delaySeconds?: number } = {}): Promise<void> {
    const { delaySeconds = 0 } = options;
    assertMessageFits(text, delaySeconds);

    const raw = encodeMessageText(text);
    await this.#requests.run({
      operation: 'put',
      send: abortSignal =>
        this.#client.sendMessage(raw, {
          abortSignal,
          messageTimeToLive: NEVER_EXPIRES,
          visibilityTimeout: delaySeconds,
        }),
    });
  }

  async receive(max: number, hideSeconds: number): Promise<readonly ReceivedMessage[]> {
    assertReceive(max, hideSeconds);

    const answer = await this.#requests.run({
      operation: 'receive',
      send: abortSignal =>
        this.#client.receiveMessages({
          abortSignal,
          numberOfMessages: max,
          visibilityTimeout: hideSeconds,
        }),
    });
    return answer.receivedMessageItems.map(item => ({
      messageId: item.messageId,
      popReceipt: item.popReceipt,
      dequeueCount: item.dequeueCount,
      insertedAt: item.insertedOn,
      raw: item.messageText,
      text: decodeMessageText(item.messageText),
    }));
  }

  async delete(message: Pick<ReceivedMessage, 'messageId' | 'popReceipt'>): Promise<boolean> {
    return await this.#requests.run({
      operation: 'delete',
      send: async abortSignal => {
        await this.#client.deleteMessage(message.messageId, message.popReceipt, { abortSignal });
        return true;
      },
      expect: failure => (GONE_CODES.has(failure.code) ? { value: false } : undefined),
    });
  }

  async oldestInsertedAt(): Promise<Date | undefined> {
    const answer = await this.#requests.run({
      operation: 'peek',
      send: abortSignal => this.#client.peekMessages({ abortSignal, numberOfMessages: 1 }),
    });
    return answer.peekedMessageItems[0]?.insertedOn;
  }
}

function connect(options: AzureClientOptions & { readonly queueName: string }): QueueClient {
  const { queueName, requestTimeoutMs = DEFAULT_REQUEST_TIMEOUT_MS } = options;
  const common = { retryOptions: { maxTries: 1, tryTimeoutInMs: requestTimeoutMs } };
  if ('credential' in options) {
    const serviceUri = options.queueServiceUri.replace(/\/$/, '');
    return new QueueClient(`${serviceUri}/${queueName}`, options.credential, common);
  }
  return new QueueClient(options.connectionString, queueName, common);
}
