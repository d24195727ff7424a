/** A random number generator determined by its seed. Source: mulberry32, by Tommy Ettinger, in the public domain. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** In [0, 1). */
  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.number() < probability;
  }

  /** Both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.number() * (to - from + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** One of the items, or nothing, each as likely. */
  maybe<Item>(items: readonly Item[]): Item | undefined {
    return items[this.int(0, items.length)];
  }

  /** A source of its own, so that what one part draws does not shift what another does. */
  split(): SeededRandom {
    return new SeededRandom(this.int(0, 2 ** 31));
  }
}
