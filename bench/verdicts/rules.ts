import { firstAlarm } from '#core/experiment/evidence/first-alarm.ts';
import type { EvidencePlan } from '#core/experiment/evidence/plan.ts';

/** The places of a probe's bad samples, in order. */
export interface History {
  readonly places: Int32Array;
  readonly count: number;
}

/** After how many samples a history deviates; Infinity if it does not. */
export type Rule = (history: History, plan: EvidencePlan) => number;

/** Ours, and what is usual. */
export const rules = {
  ours: (history, plan) => {
    let next = 0;
    return firstAlarm(plan, (from) => {
      while (next < history.count && at(history, next) < from) next += 1;
      return at(history, next);
    });
  },
  'one bad sample': (history) => at(history, 0) + 1,
  'three in a row': (history) => {
    for (let index = 2; index < history.count; index += 1) {
      if (at(history, index) === at(history, index - 2) + 2) return at(history, index) + 1;
    }
    return Number.POSITIVE_INFINITY;
  },
  /** Looked at from the 20th sample on, after each. */
  'share above 2p': (history, { tolerance, samples }) => {
    const limit = 'bad' in tolerance ? 2 * tolerance.bad : 0;
    for (let index = 0; index < history.count; index += 1) {
      // Good samples only lower the share: the first look after a bad one is the highest.
      const look = Math.max(20, at(history, index) + 1);
      const bad = lastBy(history, index, look);
      if (look <= samples && bad > limit * look) return look;
    }
    return Number.POSITIVE_INFINITY;
  },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;
export const ruleNames = Object.keys(rules) as readonly RuleName[];

function at({ places, count }: History, index: number): number {
  return index < count ? (places[index] as number) : Number.POSITIVE_INFINITY;
}

/** How many bad samples there are by that look, of which the one at `index` is the last that is known to be. */
function lastBy(history: History, index: number, look: number): number {
  let bad = index + 1;
  while (at(history, bad) < look) bad += 1;
  return bad;
}
