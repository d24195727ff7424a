import { createHmac } from 'node:crypto';

/**
 * Draws are functions of (secret, slot, group): the same slot always draws the same, so a retry never re-rolls, and nobody can
 * predict one without the secret.
 */
export interface Draws {
  /** A number in [0, 1), uniform, with 53 bits. Different purposes are independent draws. */
  number(purpose: string, group: string): number;
  /**
   * One of `names`, each equally likely; undefined if there are none. Removing a name only redistributes its own share: a
   * choice of another name does not change (rendezvous hashing).
   */
  oneOf(purpose: string, group: string, names: readonly string[]): string | undefined;
}

/** The draws of a calendar day. */
export function dayDraws(secret: string, day: string): Draws {
  return draws(secret, `day/${day}`);
}

export function draws(secret: string, slot: string): Draws {
  const number = (...what: readonly string[]) => {
    // JSON keeps different tuples distinct.
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
