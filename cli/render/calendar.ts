import type { FreezeEntry } from '#core/calendar/calendar-config.ts';
import { counted } from '#core/util/format.ts';
import type { CalendarYear, ListedDay } from '#lib/config/calendar-year.ts';
import type { Paint } from '../terminal/terminal.ts';
import { line, paragraphs, type Section } from './layout.ts';

/** A year's days off and freezes, for a terminal. */
export function calendarText(calendar: CalendarYear, paint: Paint): string {
  const { year, timeZone, daysOff, freezes, workDays } = calendar;
  const dates = new Set(daysOff.filter(({ isOnSchedule }) => isOnSchedule).map(({ date }) => date)).size;
  return paragraphs([
    [
      paint('bold', `${year}, ${line(timeZone)}: ${counted(dates, 'scheduled day')} off`),
      ...daysOff.map((day) => dayText(day, paint)),
    ],
    section('Freezes', freezes.map(freezeText), paint),
    section(
      'Lookup to the library, and work days here: banks close, or many people take the day off',
      workDays.map((day) => dayText(day, paint)),
      paint,
    ),
    hints(calendar),
  ]);
}

function section(title: string, lines: readonly string[], paint: Paint): Section {
  return lines.length === 0 ? [] : [paint('bold', title), ...lines];
}

function dayText({ date, weekday, isOnSchedule, name, sources }: ListedDay, paint: Paint): string {
  const text = `  ${date} ${weekday}  ${line(name)} (${sources.map(line).join(', ')})`;
  return isOnSchedule ? text : paint('dim', `${text}: no scheduled day anyway`);
}

function freezeText({ from, to, reason, accounts, groups }: FreezeEntry): string {
  const of = [...(accounts ?? []), ...(groups ?? [])];
  return `  ${from} to ${to}  ${line(reason)} (${of.length === 0 ? 'everywhere' : of.map(line).join(', ')})`;
}

function hints({ decreed, workDays }: CalendarYear): Section {
  return [
    ...(decreed.length === 0
      ? []
      : [
          `${decreed.join(', ')}: days off are decreed there, or depend on the moon, and some are not in the list.`,
        ]),
    ...(decreed.length === 0 && workDays.length === 0
      ? []
      : ['Add what is missing to calendar.daysOff of the configuration, and deploy.']),
  ];
}
