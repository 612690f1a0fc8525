import { type DequeuedMessageItem, type QueueClient, RestError } from '@azure/storage-queue';
import type { QueueFunction } from './function-catalog.ts';
import type { QueueConfig } from './host-config.ts';
import type { HostLog } from './host-log.ts';
import type { Invoker } from './invoker.ts';
import { keepMessageHidden } from './message-lease.ts';
import { decodeMessageText } from './queue-message-text.ts';
import { createQueueTriggerMetadata } from './queue-trigger-metadata.ts';
import type { TypedData } from './typed-data.ts';

/** What messages of one function are processed with. */
export interface ProcessorOptions {
  readonly target: QueueFunction;
  readonly queue: QueueClient;
  /** Undefined for a poison queue: there is no poison of poison. */
  readonly poisonQueue: QueueClient | undefined;
  readonly config: QueueConfig;
  /** How long a message is hidden while its function runs; renewed at half time. */
  readonly leaseMs: number;
  readonly invoker: Invoker;
  readonly log: HostLog;
}

/**
 * Runs a function for one message and settles the message as the real host does: deleted after success; after a failure
 * hidden for the visibility timeout, or moved to the poison queue when maxDequeueCount tries have failed; in a queue
 * without a poison queue left hidden for the rest of its lease. Never rejects: what storage refuses is logged, and the
 * message comes back when its lease ends.
 */
export async function processQueueMessage(
  message: DequeuedMessageItem,
  options: ProcessorOptions,
): Promise<void> {
  try {
    const tooOften = message.dequeueCount > options.config.maxDequeueCount;
    if (tooOften && options.poisonQueue !== undefined) {
      await moveToPoison(message, message.popReceipt, options);
      return;
    }
    const lease = keepMessageHidden({
      ...options,
      ...message,
      onFailure: error => log(options, `A message's lease could not be renewed: ${String(error)}`),
    });
    const succeeded = await runFunction(message, options);
    const popReceipt = await lease.release();
    if (succeeded) await deleteMessage(message, popReceipt, options.queue);
    else await settleFailure(message, popReceipt, options);
  } catch (error) {
    log(options, `A message could not be settled and comes back later: ${String(error)}`);
  }
}

async function runFunction(message: DequeuedMessageItem, options: ProcessorOptions): Promise<boolean> {
  const { target, config, invoker } = options;
  let triggerData: TypedData;
  try {
    const { messageEncoding } = config;
    triggerData = decodeMessageText(message.messageText, { messageEncoding, binary: target.binary });
  } catch (error) {
    log(options, `A message could not be bound: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
  const { metadata, hidden } = createQueueTriggerMetadata(message, triggerData.string);
  if (hidden.length > 0) {
    options.log({
      level: 'warning',
      message: `A message's own keys hide trigger metadata of the same name: ${hidden.join(', ')}.`,
      functionName: target.name,
    });
  }
  const outcome = await invoker.invoke({ functionName: target.name, triggerData, triggerMetadata: metadata });
  return outcome.ok;
}

async function settleFailure(
  message: DequeuedMessageItem,
  popReceipt: string,
  options: ProcessorOptions,
): Promise<void> {
  const { config, queue, poisonQueue } = options;
  if (poisonQueue === undefined) return;
  if (message.dequeueCount >= config.maxDequeueCount) {
    await moveToPoison(message, popReceipt, options);
    return;
  }
  const hiddenSeconds = Math.ceil(config.visibilityTimeoutMs / 1000);
  await queue.updateMessage(message.messageId, popReceipt, undefined, hiddenSeconds);
}

async function moveToPoison(
  message: DequeuedMessageItem,
  popReceipt: string,
  options: ProcessorOptions,
): Promise<void> {
  const { poisonQueue, queue } = options;
  if (poisonQueue === undefined) return;
  await poisonQueue.createIfNotExists();
  await poisonQueue.sendMessage(message.messageText);
  await deleteMessage(message, popReceipt, queue);
  log(options, `A message failed ${message.dequeueCount} times and was moved to "${poisonQueue.name}".`);
}

async function deleteMessage(
  message: DequeuedMessageItem,
  popReceipt: string,
  queue: QueueClient,
): Promise<void> {
  try {
    await queue.deleteMessage(message.messageId, popReceipt);
  } catch (error) {
    // Somebody else has received it meanwhile, or it is gone: as on the real host that is no error.
    const expected = ['MessageNotFound', 'PopReceiptMismatch', 'QueueNotFound'];
    if (!(error instanceof RestError && expected.includes(error.code ?? ''))) throw error;
  }
}

function log(options: ProcessorOptions, message: string): void {
  options.log({ level: 'error', message, functionName: options.target.name });
}
