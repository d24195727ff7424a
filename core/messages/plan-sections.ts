import type { Plan, PlannedDay, PlannedStrike } from '../reports/plan.ts';
import { counted, grouped } from '../util/format.ts';
import { failureSection } from './failure-section.ts';
import { clockText, countStrikes, dayText } from './plan-text.ts';
import { type Entry, type Limits, listedByKind, type Section } from './section.ts';

type IsPassed = (strike: PlannedStrike) => boolean;

export function planSections(
  plan: Plan,
  limits: Limits,
  flags: string,
  isPassed: IsPassed,
): readonly Section[] {
  const { days, timeZone, failures, omittedFailures = 0 } = plan;
  // How many of all days.
  let room = limits.strikes;
  return [
    ...days.map((day): Section => {
      const shown = entriesOf(day).slice(0, room);
      room -= shown.length;
      const rest = countStrikes(day) - shown.flat().length;
      const where = `./chaos plan --date ${day.day}${flags}`;
      const part = {
        entries: shown.map((alike) => entry(alike, timeZone, isPassed)),
        ...(rest > 0 && { more: `and ${grouped(rest)} more: ${where}` }),
      };
      const title = `${dayText(day.day)}, ${timeZone}`;
      return { title, count: countStrikes(day), unit: 'strike', tone: 'plain', parts: [part] };
    }),
    leftOutSection(plan, limits),
    failureSection('Failures', failures, failures.length + omittedFailures, limits),
  ];
}

/** A group's strikes that differ only in their moment are one entry, and a group's entries are adjacent. */
function entriesOf({ strikes }: PlannedDay): readonly (readonly PlannedStrike[])[] {
  const alike = [...Map.groupBy(strikes, ({ group }) => group).values()].flatMap((ofGroup) => [
    ...Map.groupBy(ofGroup, (strike) => JSON.stringify({ ...strike, slot: '' })).values(),
  ]);
  // Groups that will be struck if nothing changes come first; for the others, only the time is of interest.
  const idle = ([one]: readonly PlannedStrike[]) =>
    Number(one?.targetId === undefined && one?.dependsOn.length === 0);
  return alike.toSorted((a, b) => idle(a) - idle(b));
}

function entry(alike: readonly PlannedStrike[], timeZone: string, isPassed: IsPassed): Entry {
  const [first] = alike as [PlannedStrike];
  const { group, fault, due, targetId, sparedNow, dependsOn } = first;
  const moments = alike.map((one) => `${clockText(one.slot, timeZone)}${isPassed(one) ? ' (passed)' : ''}`);
  const idle =
    sparedNow === undefined ? 'no target is eligible now' : `spared as things are now: ${sparedNow}`;
  const on = targetId === undefined ? `: ${idle}` : ` on ${targetId}`;
  const drawn = due === undefined ? '' : `, drawn for ${clockText(due, timeZone)}`;
  const isStillDue = due !== undefined && isPassed(first);
  return {
    name: group,
    text: `${moments.join(', ')} ${fault}${on}${drawn}`,
    details: [...dependsOn, ...(isStillDue ? ['if it was spared, it is due until the day is over'] : [])],
  };
}

function leftOutSection({ leftOut }: Plan, { spared: limit = 0 }: Limits): Section {
  const kinds = leftOut.map(({ code, groups, strikes, examples }) => ({
    name: code,
    count: groups,
    size: [counted(groups, 'group'), ...(strikes === 0 ? [] : [counted(strikes, 'strike')])].join(', '),
    items: examples,
  }));
  const count = leftOut.reduce((sum, { groups }) => sum + groups, 0);
  const parts = listedByKind(kinds, (name) => ({ name, text: '', details: [] }), { limit });
  return { title: 'Left out, as certain to be spared', count, unit: 'group', tone: 'warn', parts };
}
