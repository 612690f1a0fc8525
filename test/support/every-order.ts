/**
 * Visits the result of folding the items in each of their orders. Orders share the fold of what they begin with alike,
 * so that eight items take 109,600 steps rather than 322,560.
 *
 * @param step Folds one more item; gets undefined for the first.
 * @param visit Gets the result of an order, and the order itself, which is only valid during the visit.
 */
export function everyOrder<Item, Result>(
  items: readonly Item[],
  {
    step,
    visit,
  }: {
    readonly step: (before: Result | undefined, item: Item) => Result;
    readonly visit: (result: Result, order: readonly Item[]) => void;
  },
): void {
  const order: Item[] = [];
  const isUsed = items.map(() => false);
  descend(undefined);

  function descend(before: Result | undefined): void {
    for (const [index, item] of items.entries()) {
      if (isUsed[index]) continue;
      isUsed[index] = true;
      order.push(item);
      const after = step(before, item);
      if (order.length === items.length) visit(after, order);
      else descend(after);
      order.pop();
      isUsed[index] = false;
    }
  }
}
