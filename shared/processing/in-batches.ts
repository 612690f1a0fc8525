/** As many as storage answers as fast as one. */
const AT_ONCE = 32;

/**
 * Does something for each item, several at once; after a failure no further ones are begun.
 *
 * @param atOnce how many are in work at the most.
 */
export async function inBatches<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) {
    await Promise.all(items.slice(from, from + atOnce).map(work));
  }
}
