/** How many are in work at once. */
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
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const batch = items.slice(from, from + AT_ONCE);
    await Promise.all(batch.map(item => work(item).catch((error: unknown) => failed(item, error))));
  }
}
