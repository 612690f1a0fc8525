/** How many are in work at once: as many as storage answers as fast as one. */
const AT_ONCE = 32;

/** Does something for each item, several at once; after a failure no further ones are begun. */
export async function inBatches<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    await Promise.all(items.slice(from, from + AT_ONCE).map(work));
  }
}
