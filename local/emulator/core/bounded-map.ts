/** A map of bounded size: a new key drives out the oldest. */
export class BoundedMap<Value> {
  readonly #limit: number;
  readonly #values = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#limit && oldest !== undefined) this.#values.delete(oldest);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  values(): IterableIterator<Value> {
    return this.#values.values();
  }

  clear(): void {
    this.#values.clear();
  }
}

/** Counts by key. */
export class Counter {
  readonly #counts: BoundedMap<number>;

  /** @param limit the most keys that are remembered. */
  constructor(limit: number) {
    this.#counts = new BoundedMap(limit);
  }

  /** Counts one more, and says how many that makes. */
  add(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }

  toObject(): Record<string, number> {
    return Object.fromEntries(this.#counts.entries());
  }

  clear(): void {
    this.#counts.clear();
  }
}
