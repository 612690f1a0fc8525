/** The most UTF-8 bytes that fit one message: base64 makes 64 KiB of them, the service's limit. */
export const MESSAGE_LIMIT_BYTES = 49_152;

export interface ReceivedMessage {
  readonly messageId: string;
  /** Needed to delete the message; a later receive of the same message makes it stale. */
  readonly popReceipt: string;
  /** How often the message was received, this time included. */
  readonly dequeueCount: number;
  readonly insertedAt: Date;
  /** The text as it lies in the queue. */
  readonly raw: string;
  /** The text that was put; undefined when `raw` is not base64 of UTF-8. */
  readonly text: string | undefined;
}

/** How a message is put. */
export interface PutOptions {
  readonly delaySeconds?: number;
  readonly callKey?: string;
}

/**
 * One queue of Azure Queue Storage, as far as Ringback uses it.
 *
 * Every method throws {@link StorageError} for what is not an expected outcome; after a throw a message may or may not
 * have been put or deleted. A queue that does not exist yet is created on first use.
 */
export interface Queue {
  /**
   * Puts a text, base64-encoded as the Functions host expects it, to stay until it is deleted (TTL -1; the service's
   * default of seven days would drop it silently).
   *
   * @param options.delaySeconds hides the message for so long, at most seven days.
   * @param options.callKey of the call that it is about: where there are several queues, it says which.
   */
  put(text: string, options?: PutOptions): Promise<void>;

  /** Takes up to `max` messages (1 to 32) and hides them from others for `hideSeconds` (1 s to 7 days). */
  receive(max: number, hideSeconds: number): Promise<readonly ReceivedMessage[]>;

  /** False when the message is gone, or was received again since. */
  delete(message: Pick<ReceivedMessage, 'messageId' | 'popReceipt'>): Promise<boolean>;

  /** When the message at the front was put; undefined when none is visible. Costs one transaction, hides nothing. */
  oldestInsertedAt(): Promise<Date | undefined>;
}
