import { setTimeout as delay } from 'node:timers/promises';
import { type DequeuedMessageItem, QueueClient, RestError } from '@azure/storage-queue';
import type { QueueFunction } from './function-catalog.ts';
import type { QueueConfig } from './host-config.ts';
import type { HostLog } from './host-log.ts';
import type { Invoker } from './invoker.ts';
import { createPollBackOff } from './poll-back-off.ts';
import { type ProcessorOptions, processQueueMessage } from './queue-message-processor.ts';

const POISON_SUFFIX = '-poison';
const MAX_QUEUE_NAME_LENGTH = 63;

/** What a listener runs with. */
export interface QueueListenerOptions {
  readonly target: QueueFunction;
  readonly config: QueueConfig;
  readonly leaseMs: number;
  readonly invoker: Invoker;
  readonly log: HostLog;
}

/**
 * Feeds one function from its queue: takes batches while no more than `newBatchThreshold` messages are being worked on,
 * so that at most `batchSize + newBatchThreshold` are; backs off while the queue is empty or does not exist yet.
 */
export class QueueListener {
  readonly #options: ProcessorOptions;
  /** Does not retry: the loop asks again by itself, and a stop does not wait for storage that is gone. */
  readonly #source: QueueClient;
  readonly #stop = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();
  #loop: Promise<void> = Promise.resolve();

  constructor(options: QueueListenerOptions) {
    const { queueName, connectionString } = options.target;
    const hasPoison =
      !queueName.endsWith(POISON_SUFFIX) && queueName.length + POISON_SUFFIX.length <= MAX_QUEUE_NAME_LENGTH;
    this.#source = new QueueClient(connectionString, queueName, { retryOptions: { maxTries: 1 } });
    this.#options = {
      ...options,
      queue: new QueueClient(connectionString, queueName),
      poisonQueue: hasPoison ? new QueueClient(connectionString, `${queueName}${POISON_SUFFIX}`) : undefined,
    };
  }

  /** Begins to poll. */
  start(): void {
    this.#loop = this.#poll();
  }

  /** Takes no more messages and resolves when those that were taken are settled. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await Promise.all(this.#inFlight);
  }

  async #poll(): Promise<void> {
    const { maxPollingIntervalMs, newBatchThreshold } = this.#options.config;
    const backOff = createPollBackOff(maxPollingIntervalMs);
    let foundMessages = false;
    while (!this.#stop.signal.aborted) {
      const messages = await this.#receive();
      for (const message of messages) this.#process(message);
      if (messages.length > 0) {
        foundMessages = true;
        while (this.#inFlight.size > newBatchThreshold) await Promise.race(this.#inFlight);
        continue;
      }
      await this.#wait(backOff.nextDelayMs(foundMessages));
      foundMessages = false;
    }
  }

  /** A receive is never aborted: messages that it had taken would stay hidden for the length of the lease. */
  async #receive(): Promise<readonly DequeuedMessageItem[]> {
    const { config, leaseMs, log, target } = this.#options;
    try {
      const visibilityTimeout = Math.ceil(leaseMs / 1000);
      const response = await this.#source.receiveMessages({
        numberOfMessages: config.batchSize,
        visibilityTimeout,
      });
      return response.receivedMessageItems;
    } catch (error) {
      const isMissing = error instanceof RestError && error.statusCode === 404;
      if (!isMissing && !this.#stop.signal.aborted) {
        log({
          level: 'warning',
          message: `The queue cannot be read: ${String(error)}`,
          functionName: target.name,
        });
      }
      return [];
    }
  }

  #process(message: DequeuedMessageItem): void {
    const work = processQueueMessage(message, this.#options).finally(() => this.#inFlight.delete(work));
    this.#inFlight.add(work);
  }

  async #wait(delayMs: number): Promise<void> {
    try {
      await delay(delayMs, undefined, { signal: this.#stop.signal });
    } catch {
      // Stopped: the loop's condition ends it.
    }
  }
}
