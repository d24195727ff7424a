import type { Draws } from '../../draws/draw.ts';
import { shuffle } from '../../draws/shuffle.ts';

/** A group that may be struck, and how many of its targets. */
export interface Eligible {
  /** The group's key. */
  readonly group: string;
  readonly targets: number;
}

/** The groups to strike in each round, by key: one target of each. */
export type Rounds = readonly (readonly string[])[];

/** Draws this many targets, none twice. Fewer where there are no more. */
export function selectRounds(eligible: readonly Eligible[], count: number, draws: Draws): Rounds {
  const targets = eligible.flatMap(({ group, targets }) =>
    Array.from({ length: targets }, (_, index) => ({ group, index })),
  );
  const chosen = shuffle(targets, ({ group, index }) => `${group}#${index}`, draws).slice(0, count);
  const perGroup = Map.groupBy(chosen, ({ group }) => group);
  const most = Math.max(0, ...[...perGroup.values()].map(({ length }) => length));
  return Array.from({ length: most }, (_, round) =>
    [...perGroup].flatMap(([group, ofIt]) => (ofIt.length > round ? [group] : [])).sort(),
  );
}
