import type { QueueClient } from '@azure/storage-queue';

/** A message that is being worked on, and how long it stays hidden from others meanwhile. */
export interface LeaseOptions {
  readonly queue: QueueClient;
  readonly messageId: string;
  readonly popReceipt: string;
  readonly leaseMs: number;
  /** Told when a renewal fails; the message may then be seen by others before the work ends. */
  onFailure(error: unknown): void;
}

/** Keeps a message hidden while it is worked on. */
export interface MessageLease {
  /** Ends the renewals and gives the pop receipt that deletes the message; each renewal has made a new one. */
  release(): Promise<string>;
}

/** Renews the hiding of a message each time half of it has passed, as the real host does. */
export function keepMessageHidden(options: LeaseOptions): MessageLease {
  const { queue, messageId, leaseMs } = options;
  let { popReceipt } = options;
  let renewal: Promise<void> = Promise.resolve();
  const renew = async () => {
    try {
      const result = await queue.updateMessage(messageId, popReceipt, undefined, Math.ceil(leaseMs / 1000));
      popReceipt = result.popReceipt ?? popReceipt;
    } catch (error) {
      clearInterval(timer);
      options.onFailure(error);
    }
  };
  const timer = setInterval(() => {
    renewal = renewal.then(renew);
  }, leaseMs / 2);
  return {
    async release() {
      clearInterval(timer);
      await renewal;
      return popReceipt;
    },
  };
}
