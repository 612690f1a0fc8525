/** What a {@link VisibilityHeap} holds. */
export interface VisibilityItem {
  readonly visibleAtMs: number;
  /** Decides between items of one time; unique. */
  readonly order: number;
  /** The heap's own: where the item lies. */
  position: number;
}

/** A binary heap that has the item that is visible first at hand, and finds any item without looking for it. */
export class VisibilityHeap<Item extends VisibilityItem> {
  readonly #items: Item[] = [];

  get first(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    item.position = this.#items.length;
    this.#items.push(item);
    this.#rise(item);
  }

  /** Puts an item, whose time has changed, where it belongs now. */
  move(item: Item): void {
    this.#rise(item);
    this.#sink(item);
  }

  remove(item: Item): void {
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      this.#place(last, item.position);
      this.move(last);
    }
  }

  #rise(item: Item): void {
    while (item.position > 0) {
      const position = item.position;
      const parentPosition = (position - 1) >> 1;
      const parent = this.#items[parentPosition];
      if (parent === undefined || !isBefore(item, parent)) {
        return;
      }
      this.#place(parent, position);
      this.#place(item, parentPosition);
    }
  }

  #sink(item: Item): void {
    for (;;) {
      const position = item.position;
      const child = this.#firstChild(position);
      if (child === undefined || !isBefore(child, item)) {
        return;
      }
      this.#place(item, child.position);
      this.#place(child, position);
    }
  }

  #firstChild(position: number): Item | undefined {
    const left = this.#items[2 * position + 1];
    const right = this.#items[2 * position + 2];
    return left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
  }

  #place(item: Item, position: number): void {
    this.#items[position] = item;
    item.position = position;
  }
}

function isBefore(one: VisibilityItem, other: VisibilityItem): boolean {
  return (
    one.visibleAtMs < other.visibleAtMs || (one.visibleAtMs === other.visibleAtMs && one.order < other.order)
  );
}
