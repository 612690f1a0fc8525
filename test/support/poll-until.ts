import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 50;

/**
 * Asks again and again until there is an answer, and gives it.
 *
 * @param what completes "Waited in vain until …".
 * @param ask undefined means not yet; what it throws ends the wait.
 */
export async function pollUntil<Answer>(
  what: string,
  ask: () => Answer | undefined | Promise<Answer | undefined>,
  timeoutMs = 10_000,
): Promise<Answer> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await delay(INTERVAL_MS);
  }
}
