import { type Schedule, windowText } from '#core/calendar/schedule.ts';
import type { Simulation } from '#core/simulate/simulate.ts';
import { counted, grouped } from '#core/util/format.ts';
import type { Paint } from '../terminal/terminal.ts';
import { line, paragraphs, type Section, titled } from './layout.ts';

/** Formats a simulation. The mean gap comes first, as it is what users want to know. */
export function simulationText(simulation: Simulation, schedule: Schedule, paint: Paint): string {
  const { byWeekday, byHour, spared, strikes, groupDays } = simulation;
  const sections: readonly Section[] = [
    headline(simulation, schedule, paint),
    gapLines(simulation, paint),
    strikeLines(simulation),
    titled(
      paint('bold', 'By weekday'),
      byWeekday.map(({ weekday, strikes, groupDays }) =>
        row(weekday, strikes, `${(strikes / groupDays).toFixed(4)} a group-day`),
      ),
    ),
    titled(
      paint('bold', `By hour, ${line(schedule.timeZone)}`),
      byHour.map(({ hour, strikes: count }) =>
        row(`${String(hour).padStart(2, '0')}:00`, count, percent(count, strikes)),
      ),
    ),
    titled(
      paint('bold', 'Group-days without a strike'),
      Object.entries(spared).map(([code, days]) => row(line(code), days, percent(days, groupDays))),
    ),
  ];
  return paragraphs(sections);
}

function headline(
  { workDays, groups, from, to, seed }: Simulation,
  schedule: Schedule,
  paint: Paint,
): Section {
  return [
    paint('bold', `${counted(workDays, 'work day')} of ${counted(groups, 'group')}, ${from} to ${to}`),
    paint('dim', `${windowText(schedule)}, every ${schedule.everyMinutes} minutes; seed ${line(seed)}`),
  ];
}

function gapLines({ gap, meanDays, minDays, probability }: Simulation, paint: Paint): Section {
  const requested = requestedText(meanDays, minDays, probability);
  const { unit, mean, low, high, deviationPercent, shortest, longest, count, unfinished } = gap;
  if (mean === null || deviationPercent === null) {
    return [`${paint('bold', 'Mean gap')}  no gap has ended (${requested})`, unfinishedText(unfinished)];
  }
  const sign = deviationPercent < 0 ? '' : '+';
  const bounds = low === null || high === null ? '' : `, 95 % from ${days(low)} to ${days(high)}`;
  return [
    `${paint('bold', `Mean gap  ${days(mean)} ${unit}s`)}${bounds} (${requested}: ${sign}${deviationPercent.toFixed(2)} %)`,
    `          from ${shortest} to ${longest}, of ${counted(count, 'gap')}`,
    ...(unfinished === 0 ? [] : [unfinishedText(unfinished)]),
  ];
}

function requestedText(
  meanDays: Simulation['meanDays'],
  minDays: Simulation['minDays'],
  probability: Simulation['probability'],
): string {
  if (probability === null) return `requested: ${meanDays}, at least ${minDays}`;
  if (probability === 0) return 'requested: never';
  return `requested: ${Number(probability.toFixed(4))} in each slot, which is ${days(1 / probability)}`;
}

function unfinishedText(unfinished: number): string {
  return `          ${counted(unfinished, 'more gap')} had not ended`;
}

function strikeLines({ strikes, groupDays, strikesADay }: Simulation): Section {
  const { mean, median, nineteenOfTwenty, max } = strikesADay;
  return [
    `Strikes   ${grouped(strikes)} in ${counted(groupDays, 'group-day')}`,
    `A day     ${mean.toFixed(2)} on average; at most ${median} on half of the days, ${nineteenOfTwenty} on 19 of 20, ${max} on any`,
  ];
}

function row(name: string, count: number, text: string): string {
  return `  ${name.padEnd(20)} ${grouped(count).padStart(10)}  ${text}`;
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : ((part / whole) * 100).toFixed(1)} %`;
}

function days(count: number): string {
  return count.toFixed(3);
}
