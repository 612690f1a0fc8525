/** How often things happened, by what they are called. */
export class Counts {
  readonly #times = new Map<string, number>();

  /** How many things were counted. */
  get size(): number {
    return this.#times.size;
  }

  add(what: string, times = 1): void {
    this.#times.set(what, this.of(what) + times);
  }

  addAll(others: Counts): void {
    for (const [what, times] of others.#times) this.add(what, times);
  }

  of(what: string): number {
    return this.#times.get(what) ?? 0;
  }

  /** As a thread can be told of them. */
  toObject(): Record<string, number> {
    return Object.fromEntries(this.#times);
  }
}
