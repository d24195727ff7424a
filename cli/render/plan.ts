import { clockText, countOf, dayText, plannedCount } from '#core/messages/format-plan.ts';
import { inZone, momentText } from '#core/messages/moment-text.ts';
import { planSubject } from '#core/messages/subject.ts';
import type { LeftOut, Plan, PlannedStrike } from '#core/reports/plan.ts';
import { counted } from '#core/util/format.ts';
import type { Paint } from '../terminal/terminal.ts';
import { said } from './format-attribution.ts';
import { failureSection, line, type Section } from './report-sections.ts';

/**
 * A plan for a terminal: each group once with its moments, then what is left out, the sums last. `flags` are those of the place, for
 * our own commands.
 */
export function planText(plan: Plan, paint: Paint, flags = ''): string {
  const { failures, omittedFailures = 0 } = plan;
  const byGroup = Map.groupBy(
    plan.days.flatMap(({ strikes }) => strikes),
    ({ group }) => group,
  );
  const sections = [
    headline(plan, paint, flags),
    emptyDays(plan, paint),
    ...[...byGroup]
      // First those that will be struck, if nothing changes.
      .sort(([, a], [, b]) => Number(a.every(isIdle)) - Number(b.every(isIdle)))
      .map(([group, strikes]) => groupSection(group, strikes, plan, paint)),
    omittedDays(plan),
    leftOutSection(plan, paint),
    failureSection({ counts: { failures: failures.length + omittedFailures }, failures }, paint),
    footer(plan, byGroup.size, paint),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headline(plan: Plan, paint: Paint, flags: string): Section {
  const passed = plan.days.flatMap(({ strikes }) => strikes).filter(({ slot }) => isOver(slot, plan)).length;
  const badge =
    plan.mode === 'live'
      ? paint(['bold', 'inverse', 'red'], ' LIVE ')
      : paint(['bold', 'inverse', 'cyan'], ' LEASHED ');
  return [
    // The badge has said already that it is leashed.
    `${badge} ${paint('bold', line(planSubject(plan)).replace(/^LEASHED: chaos/, 'Chaos'))}`,
    ...(plan.mode === 'leashed' ? ['Nothing will be touched: the configuration says leashed: true'] : []),
    ...(plan.stop === undefined
      ? []
      : [
          `${paint(['bold', 'inverse', 'red'], ' STOPPED ')} ${said(plan.stop, plan.timeZone)}`,
          `None of them is made until: ./chaos resume${flags}`,
        ]),
    'Guards, gates, budgets and a stop can still spare any of them.',
    ...(passed === 0
      ? []
      : [`Slots of ${counted(passed, 'strike')} have passed. What came of them: ./chaos status${flags}`]),
    `Times are in ${line(plan.timeZone)}.`,
  ];
}

function emptyDays({ days }: Plan, paint: Paint): Section {
  return days
    .filter((day) => countOf(day) === 0)
    .map(
      ({ day, off }) =>
        `${dayText(day)}: ${paint('dim', off === undefined ? 'nothing' : `nothing, ${line(off)}`)}`,
    );
}

/** A strike a line, as the instance is drawn for each anew; a day a line where no instance can be struck as it is now. */
function groupSection(group: string, strikes: readonly PlannedStrike[], plan: Plan, paint: Paint): Section {
  const { timeZone } = plan;
  const over = ({ slot, due }: PlannedStrike) => {
    if (!isOver(slot, plan)) return '';
    return due === undefined ? ' (passed)' : ' (passed; if it was spared, due until the day is over)';
  };
  if (strikes.every(isIdle)) {
    const byDay = Map.groupBy(strikes, ({ slot }) => momentText(slot, timeZone).slice(0, -' 09:00'.length));
    return [
      `${paint('bold', line(group))}  no instance of it is eligible now`,
      ...[...byDay].map(
        ([day, ofDay]) =>
          `  ${day}  ${ofDay.map((one) => `${clockText(one.slot, timeZone)}${over(one)}`).join(', ')}`,
      ),
    ];
  }
  return [
    paint('bold', line(group)),
    ...strikes.flatMap((strike) => {
      const { fault, slot, due, instanceId, dependsOn } = strike;
      const what = `${fault} on ${instanceId ?? 'an instance: none is eligible now'}`;
      const drawn = due === undefined ? '' : `, drawn for ${clockText(due, timeZone)}`;
      const when = `  ${momentText(slot, timeZone)}`;
      return [
        `${when}  ${line(what)}${drawn}${over(strike)}`,
        ...dependsOn.map((text) => `${' '.repeat(when.length)}  ${paint('yellow', line(text))}`),
      ];
    }),
  ];
}

/** Whether its slot had begun: what came of it is in `status`. */
function isOver(slot: string, { madeAt }: Plan): boolean {
  return Date.parse(slot) < Date.parse(madeAt);
}

/** Nothing more is to be said of it than when it is. */
function isIdle({ instanceId, dependsOn }: PlannedStrike): boolean {
  return instanceId === undefined && dependsOn.length === 0;
}

function omittedDays({ days }: Plan): Section {
  return days.flatMap(({ day, omitted = 0 }) =>
    omitted === 0
      ? []
      : [`${dayText(day)}: ${counted(omitted, 'more strike')}, too many to list: ./chaos plan --date ${day}`],
  );
}

function leftOutSection({ leftOut }: Plan, paint: Paint): Section {
  if (leftOut.length === 0) return [];
  return [
    paint('bold', 'Left out, as certain to be spared'),
    ...leftOut.flatMap(({ code, groups, strikes, examples }: LeftOut) => {
      const drawn = strikes === 0 ? '' : `, ${counted(strikes, 'strike')}`;
      const others = groups - examples.length;
      return [
        `  ${paint('yellow', line(code))} (${counted(groups, 'group')}${drawn})`,
        ...examples.map((group) => `    ${line(group)}`),
        ...(others > 0 ? [`    and ${counted(others, 'other')}`] : []),
      ];
    }),
    '  How one of them stands: ./chaos explain GROUP',
  ];
}

function footer(plan: Plan, groups: number, paint: Paint): Section {
  const { days, failures, omittedFailures = 0, madeAt, timeZone } = plan;
  const dependent = days.flatMap(({ strikes }) => strikes).filter(({ dependsOn }) => dependsOn.length > 0);
  const off = days.filter((day) => day.off !== undefined);
  const sums = [
    `${counted(plannedCount(plan), 'strike')} of ${counted(groups, 'group')} on ${counted(days.length, 'day')}`,
    ...(off.length > 0 ? [`${off.length} of them off`] : []),
    ...(dependent.length > 0 ? [`${dependent.length} not certain even by the draws`] : []),
    counted(failures.length + omittedFailures, 'failure'),
  ];
  return [
    paint('bold', sums.join(', ')),
    paint('dim', `From the groups seen at ${line(inZone(madeAt, timeZone))}`),
  ];
}
