import { clockText, countOf, dayText, plannedCount } from '#core/message/plan-words.ts';
import { planSubject } from '#core/message/subject.ts';
import { counted, toTheSecond } from '#core/message/words.ts';
import type { Plan, PlannedDay, PlannedStrike } from '#core/plan/plan.ts';
import type { Paint } from '../shared/terminal.ts';
import { failureSection, line, more, type Section } from './report-sections.ts';

/** A plan for a terminal, day by day, the sums last. */
export function planText(plan: Plan, paint: Paint): string {
  const { days, failures, omittedFailures = 0 } = plan;
  const sections = [
    headline(plan, paint),
    ...days.map((day) => daySection(day, plan.timeZone, paint)),
    failureSection({ counts: { failures: failures.length + omittedFailures }, failures }, paint),
    footer(plan, paint),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headline(plan: Plan, paint: Paint): Section {
  const badge =
    plan.mode === 'live'
      ? paint(['bold', 'inverse', 'red'], ' LIVE ')
      : paint(['bold', 'inverse', 'cyan'], ' LEASHED ');
  return [
    // The badge has said already that it is leashed.
    `${badge} ${paint('bold', line(planSubject(plan)).replace(/^LEASHED: chaos/, 'Chaos'))}`,
    ...(plan.mode === 'leashed' ? ['Nothing will be touched: the configuration says leashed: true'] : []),
    'Guards, gates, budgets and a stop can still spare any of them.',
  ];
}

function daySection(day: PlannedDay, timeZone: string, paint: Paint): Section {
  const { off, strikes, omitted = 0 } = day;
  const title = paint('bold', `${dayText(day.day)}, ${line(timeZone)}`);
  if (off !== undefined) return [`${title}: ${paint('dim', `nothing, ${line(off)}`)}`];
  if (countOf(day) === 0) return [`${title}: ${paint('dim', 'nothing is drawn')}`];
  const width = Math.max(...strikes.map(({ group }) => line(group).length));
  return [
    `${title}: ${counted(countOf(day), 'strike')}`,
    ...strikes.flatMap((strike) => strikeLines(strike, width, timeZone, paint)),
    ...more(omitted),
  ];
}

function strikeLines(
  { group, fault, slot, due, instanceId, dependsOn }: PlannedStrike,
  width: number,
  timeZone: string,
  paint: Paint,
): readonly string[] {
  const what = `${fault} on ${instanceId ?? 'an instance: none is eligible now'}`;
  const drawn = due === undefined ? '' : `, drawn for ${clockText(due, timeZone)}`;
  return [
    `  ${clockText(slot, timeZone)}  ${line(group).padEnd(width)}  ${line(what)}${drawn}`,
    ...dependsOn.map((text) => paint('yellow', `         ${line(text)}`)),
  ];
}

function footer(plan: Plan, paint: Paint): Section {
  const { days, failures, omittedFailures = 0, madeAt } = plan;
  const dependent = days.flatMap(({ strikes }) => strikes).filter(({ dependsOn }) => dependsOn.length > 0);
  const off = days.filter((day) => day.off !== undefined);
  const sums = [
    `${counted(plannedCount(plan), 'strike')} on ${counted(days.length, 'day')}`,
    ...(off.length > 0 ? [`${off.length} of them off`] : []),
    ...(dependent.length > 0 ? [`${dependent.length} not certain even by the draws`] : []),
    counted(failures.length + omittedFailures, 'failure'),
  ];
  return [
    paint('bold', sums.join(', ')),
    paint('dim', `From the groups seen at ${line(toTheSecond(madeAt))}`),
  ];
}
