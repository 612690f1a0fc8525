/**
 * The value below which that share of the values lies, by the nearest rank.
 *
 * @param share from 0 to 1.
 * @throws RangeError for no values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('No values, no percentile.');
  return value;
}

/** The middle value, or the mean of the two in the middle. @throws RangeError for no values. */
export function median(values: readonly number[]): number {
  if (values.length % 2 === 1) return percentile(values, 0.5);
  return (percentile(values, 0.5) + percentile(values, 0.5 + 1 / values.length)) / 2;
}
