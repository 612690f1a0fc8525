/**
 * Does something with each value, with so many at work at once, and returns how long each took.
 *
 * @returns milliseconds, in the order in which they ended.
 */
export async function inParallel<T>(
  values: readonly T[],
  concurrency: number,
  work: (value: T) => Promise<unknown>,
): Promise<number[]> {
  const waiting = values.values();
  const tookMs: number[] = [];
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const value of waiting) {
        const startedAtMs = performance.now();
        await work(value);
        tookMs.push(performance.now() - startedAtMs);
      }
    }),
  );
  return tookMs;
}
