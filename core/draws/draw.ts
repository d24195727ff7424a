import { createHmac } from 'node:crypto';

/**
 * Draws are functions of (secret, slot, group): a retry in the same slot never re-rolls, and nobody can predict a draw without the
 * secret.
 */
export interface Draws {
  /** A uniform number in [0, 1) with 53 bits. Draws for different purposes are independent. */
  number(purpose: string, group: string): number;
  /**
   * One of `names`, each equally likely; undefined if there are none. Removing a name does not change the choice of any other
   * (rendezvous hashing).
   */
  oneOf(purpose: string, group: string, names: readonly string[]): string | undefined;
}

/** The draws of a calendar day. */
export function dayDraws(secret: string, day: string): Draws {
  return draws(secret, `day/${day}`);
}

export function draws(secret: string, slot: string): Draws {
  const number = (...what: readonly string[]) => {
    // Different tuples have different JSON.
    const digest = createHmac('sha256', secret)
      .update(JSON.stringify([slot, ...what]))
      .digest();
    return ((digest.readUInt32BE(0) >>> 5) * 2 ** 26 + (digest.readUInt32BE(4) >>> 6)) / 2 ** 53;
  };
  return {
    number: (purpose, group) => number(purpose, group),
    oneOf: (purpose, group, names) => {
      const ranked = names.map((name) => ({ name, rank: number(purpose, group, name) }));
      return ranked.reduce<(typeof ranked)[number] | undefined>(
        (lowest, candidate) => (lowest === undefined || candidate.rank < lowest.rank ? candidate : lowest),
        undefined,
      )?.name;
    },
  };
}
