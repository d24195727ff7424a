import { Command, InvalidArgumentError } from 'commander';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { calendarYear } from '#lib/config/calendar-year.ts';
import { findConfig, openConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { configOption, jsonOption } from '../options/options.ts';
import { calendarText } from '../render/calendar.ts';
import { printResult } from '../terminal/print-result.ts';

/** The years that the holiday library covers. */
const [firstYear, lastYear] = [1970, 2100];

const CalendarOptions = z.strictObject({
  year: z.number().optional(),
  config: z.string().optional(),
  json: z.boolean().default(false),
});

const help = `
Lists the public holidays of calendar.holidays, calendar.daysOff and calendar.freezes. Holidays and days off are not work
days, so nothing is struck. Gaps in the holiday library: docs/configuration.md#what-the-library-does-not-know

This does not call AWS. It reads the local configuration, which may differ from the deployed one.
`;

export function calendarCommand({ terminal, cwd, clock }: CliContext): Command {
  return new Command('calendar')
    .option('--year <year>', 'the year to list (default: the current one)', parseYear)
    .addOption(configOption())
    .addOption(jsonOption('the list'))
    .addHelpText('after', help)
    .action(async (given: unknown) => {
      const options = CalendarOptions.parse(given);
      const file = findConfig(options.config, cwd);
      const config = await openConfig(file, terminal);
      const now = Temporal.Instant.fromEpochMilliseconds(clock.now());
      const { year } = now.toZonedDateTimeISO(config.schedule.timeZone);
      const listed = await calendarYear(config, options.year ?? year, file.shown);
      printResult(options, listed, calendarText(listed, terminal.paint), terminal);
    });
}

function parseYear(text: string): number {
  const year = Number(text);
  if (/^\d{4}$/.test(text) && year >= firstYear && year <= lastYear) return year;
  throw new InvalidArgumentError(`expected a year from ${firstYear} to ${lastYear}`);
}
