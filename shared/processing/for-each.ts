import { inBatches } from './in-batches.ts';

/** How many are in work at once: upkeep leaves room for the calls themselves. */
const AT_ONCE = 16;

/**
 * Does something for each item, several at once. One that fails keeps no other from being done.
 *
 * @param failed is told of each that failed.
 */
export async function forEach<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  failed: (item: Item, error: unknown) => void,
): Promise<void> {
  const attempt = (item: Item) => work(item).catch((error: unknown) => failed(item, error));
  await inBatches(items, attempt, AT_ONCE);
}
