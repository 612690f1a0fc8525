import { StorageError } from '../store/storage-error.ts';
import { MESSAGE_LIMIT_BYTES } from './queue.ts';

/** Messages in one receive, at most. */
const RECEIVE_LIMIT = 32;

const SEVEN_DAYS_SECONDS = 7 * 24 * 3600;

/**
 * Checks a text and its delay against the limits of Azure Queue Storage before it is sent.
 *
 * @throws {StorageError} not transient.
 * @see https://learn.microsoft.com/rest/api/storageservices/put-message
 */
export function assertMessageFits(text: string, delaySeconds: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > MESSAGE_LIMIT_BYTES) {
    refuse(`a message takes ${MESSAGE_LIMIT_BYTES} bytes, not ${bytes}`);
  }
  if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > SEVEN_DAYS_SECONDS) {
    refuse(`a message can be delayed for 0 to ${SEVEN_DAYS_SECONDS} whole seconds, not ${delaySeconds}`);
  }
}

/**
 * Checks what a receive asks for: 1 to 32 messages, hidden for 1 s to 7 days.
 *
 * @throws {StorageError} not transient.
 * @see https://learn.microsoft.com/rest/api/storageservices/get-messages
 */
export function assertReceive(max: number, hideSeconds: number): void {
  if (!Number.isInteger(max) || max < 1 || max > RECEIVE_LIMIT) {
    refuse(`a receive takes 1 to ${RECEIVE_LIMIT} messages, not ${max}`);
  }
  if (!Number.isInteger(hideSeconds) || hideSeconds < 1 || hideSeconds > SEVEN_DAYS_SECONDS) {
    refuse(`a message can be hidden for 1 to ${SEVEN_DAYS_SECONDS} whole seconds, not ${hideSeconds}`);
  }
}

function refuse(message: string): never {
  throw new StorageError(message, { transient: false });
}
