import { createHmac } from 'node:crypto';

/**
 * Draws that are functions of (secret, slot, group): the same slot always draws the same, so a retry never re-rolls, and
 * nobody without the secret can foresee one.
 */
export interface Draws {
  /** A number in [0, 1), uniform, with 53 bits. Different purposes are independent draws. */
  number(purpose: string, group: string): number;
  /**
   * One of `names`, each equally likely. When a name vanishes only its own chance moves to the others: a choice among the
   * rest stays what it was (rendezvous hashing). Undefined if there are none.
   */
  oneOf(purpose: string, group: string, names: readonly string[]): string | undefined;
}

/** The draws of a calendar day. */
export function dayDraws(secret: string, day: string): Draws {
  return draws(secret, `day/${day}`);
}

export function draws(secret: string, slot: string): Draws {
  const number = (...what: readonly string[]) => {
    // As JSON, so that no two different tuples read the same.
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
