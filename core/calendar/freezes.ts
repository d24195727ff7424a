import { matches } from '../util/glob.ts';
import type { Calendar, Freeze } from './calendar.ts';
import type { FreezeEntry } from './calendar-config.ts';
import { firstMoment, isDate, lastMoment, parseBeginning, parseEnd } from './local-time.ts';

type Holding = FreezeEntry & Freeze & { readonly since: number };

/** If clocks show the start or the end twice, the freeze is as long as possible. */
export function makeFreezes(
  entries: readonly FreezeEntry[],
  timeZone: string,
): Pick<Calendar, 'freezeAt' | 'freezeOf'> {
  const holding: readonly Holding[] = entries.map((entry) => ({
    ...entry,
    since: firstMoment(parseBeginning(entry.from), timeZone),
    until: (isDate(entry.to) ? firstMoment : lastMoment)(parseEnd(entry.to), timeZone),
  }));
  const everywhere = holding.filter((freeze) => freeze.accounts === undefined && freeze.groups === undefined);

  return {
    freezeAt: (moment) => longest(everywhere.filter(holdsAt(moment))),
    freezeOf: ({ account, key, name }, moment) =>
      longest(
        holding
          .filter(holdsAt(moment))
          .filter(
            ({ accounts, groups }) =>
              accounts?.includes(account) ||
              groups?.some((pattern) => matches(pattern, name) || matches(pattern, key)),
          ),
      ),
  };
}

function holdsAt(moment: number): (freeze: Holding) => boolean {
  return ({ since, until }) => since <= moment && moment < until;
}

function longest(freezes: readonly Holding[]): Freeze | undefined {
  const [last] = [...freezes].sort((a, b) => b.until - a.until);
  return last && { reason: last.reason, until: last.until };
}
