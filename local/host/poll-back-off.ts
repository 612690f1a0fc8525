const MIN_DELAY_MS = 100;

/** Decides how long a queue listener waits before it asks again. */
export interface PollBackOff {
  /** The wait after a poll that found nothing, given whether messages were found since the last wait. */
  nextDelayMs(foundMessages: boolean): number;
}

/**
 * Makes the real host's strategy: 100 ms after messages, then 100 ms + random(0.8 to 1.2) · 2^(n−1) · 100 ms, up to the
 * maximum. (RandomizedExponentialBackoffStrategy in the WebJobs SDK.)
 */
export function createPollBackOff(maxDelayMs: number, random: () => number = Math.random): PollBackOff {
  let emptyPolls = 0;
  return {
    nextDelayMs(foundMessages) {
      if (foundMessages) {
        emptyPolls = 0;
        return Math.min(MIN_DELAY_MS, maxDelayMs);
      }
      emptyPolls += 1;
      const growth = (0.8 + 0.4 * random()) * 2 ** (emptyPolls - 1) * MIN_DELAY_MS;
      return Math.min(MIN_DELAY_MS + growth, maxDelayMs);
    },
  };
}
