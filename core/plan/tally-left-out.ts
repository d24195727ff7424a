import type { LeftOut } from '../reports/plan.ts';
import { compareStrings } from '../util/compare-strings.ts';

const mostExamples = 3;

/** Counts what a plan leaves out, by the reason code that runs would give. */
export interface LeftOutTally {
  /** `strikes`: how many strikes were drawn for it; 0 if nothing is drawn. */
  add(group: string, code: string, strikes: number): void;
  found(): readonly LeftOut[];
}

export function tallyLeftOut(): LeftOutTally {
  const byCode = new Map<string, { groups: number; strikes: number; last: string; examples: string[] }>();
  return {
    add: (group, code, strikes) => {
      const tally = byCode.get(code) ?? { groups: 0, strikes: 0, last: '', examples: [] };
      byCode.set(code, tally);
      tally.strikes += strikes;
      // Additions for one group and reason are consecutive.
      if (tally.last === group) return;
      tally.last = group;
      tally.groups += 1;
      if (tally.examples.length < mostExamples) tally.examples.push(group);
    },
    found: () =>
      [...byCode]
        .map(([code, { groups, strikes, examples }]) => ({ code, groups, strikes, examples }))
        .sort((a, b) => b.groups - a.groups || compareStrings(a.code, b.code)),
  };
}
