/**
 * Ids that look like those of AWS and are the same in every sandbox that is filled in the same order.
 */
export class Ids {
  #count = 0;

  /** `i-0` and 16 hex digits. */
  instance(): string {
    return this.#hex(16, 'i-0');
  }

  uuid(): string {
    const hex = this.#hex(32);
    return [8, 12, 16, 20, 32]
      .map((end, index, ends) => hex.slice(index === 0 ? 0 : ends[index - 1], end))
      .join('-');
  }

  /** `ASIA` and 16 letters and digits. */
  accessKey(): string {
    return `ASIA${this.#hex(16).toUpperCase()}`;
  }

  /** A secret that opens nothing. */
  secret(): string {
    return this.#hex(40);
  }

  /** Never the same twice: the first 8 digits are a bijection of a counter. */
  #hex(digits: number, prefix = ''): string {
    this.#count += 1;
    const parts = [prefix];
    for (let round = 0; round * 8 < digits; round += 1) {
      parts.push(
        scrambled(this.#count + Math.imul(round, 0x9e3779b9))
          .toString(16)
          .padStart(8, '0'),
      );
    }
    // Joined, not concatenated: a concatenated string keeps its parts in memory, which adds up in a large fleet.
    return parts.join('');
  }
}

/** A bijection of the 32-bit numbers: odd multiplications and xor-shifts are all invertible. */
function scrambled(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
