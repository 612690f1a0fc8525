/** A seeded source of numbers (sfc32): the same seed gives the same numbers, on every machine. */
export class Random {
  #a = 0x9e3779b9;
  #b = 0x243f6a88;
  #c = 0xb7e15162;
  #d: number;

  /** @param stream keeps sources of one seed apart. */
  constructor(seed: number, stream: number) {
    this.#a ^= Math.imul(seed, 0x85ebca6b);
    this.#b ^= stream;
    this.#d = seed >>> 0;
    for (let round = 0; round < 12; round++) this.#word();
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    return this.#word() / 0x1_0000_0000;
  }

  /** A whole number from 0 up to, not including, the limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A whole number between both, each included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from.');
    return item;
  }

  #word(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return sum >>> 0;
  }
}
