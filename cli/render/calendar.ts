import type { FreezeEntry } from '#core/calendar/calendar-config.ts';
import { counted } from '#core/util/format.ts';
import type { CalendarYear, ListedDay } from '#lib/config/calendar-year.ts';
import type { Paint } from '../terminal/terminal.ts';
import { line, paragraphs, type Section, titled } from './layout.ts';

/** Formats a year's days off and freezes. */
export function calendarText(calendar: CalendarYear, paint: Paint): string {
  const { year, timeZone, daysOff, freezes, workDays } = calendar;
  const dates = new Set(daysOff.filter(({ isOnSchedule }) => isOnSchedule).map(({ date }) => date)).size;
  return paragraphs([
    [
      paint('bold', `${year}, ${line(timeZone)}: ${counted(dates, 'scheduled day')} off`),
      ...daysOff.map((day) => dayText(day, paint)),
    ],
    titled(paint('bold', 'Freezes'), freezes.map(freezeText)),
    titled(
      paint(
        'bold',
        'Holidays in the library that are work days here: banks close, or many people take the day off',
      ),
      workDays.map((day) => dayText(day, paint)),
    ),
    hints(calendar),
  ]);
}

function dayText({ date, weekday, isOnSchedule, name, sources }: ListedDay, paint: Paint): string {
  const text = `  ${date} ${weekday}  ${line(name)} (${sources.map(line).join(', ')})`;
  return isOnSchedule ? text : paint('dim', `${text}: not a scheduled day anyway`);
}

function freezeText({ from, to, reason, accounts, groups }: FreezeEntry): string {
  const scope = [...(accounts ?? []), ...(groups ?? [])];
  return `  ${from} to ${to}  ${line(reason)} (${scope.length === 0 ? 'everywhere' : scope.map(line).join(', ')})`;
}

function hints({ decreed, workDays }: CalendarYear): Section {
  return [
    ...(decreed.length === 0
      ? []
      : [
          `${decreed.join(', ')}: some days off are decreed each year or depend on the moon, and may be missing from the list.`,
        ]),
    ...(decreed.length === 0 && workDays.length === 0
      ? []
      : ['Add missing days to calendar.daysOff in the configuration, and deploy.']),
  ];
}
