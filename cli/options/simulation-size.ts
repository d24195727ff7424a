import { type Schedule, slotMinutes } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import { counted, durationText, grouped } from '#core/util/format.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** Each group is drawn once a work day, or once a slot. So many take a quarter of an hour at least. */
export const mostDraws = 100_000_000;

/** On the machine of docs/benchmarks.md, and no promise elsewhere. */
const perDrawMs = 0.01;
const perStrikeMs = 0.05;
/** What takes less is not announced. */
const quietMs = 2_000;

/** What a simulation will take, in words; undefined where that is next to nothing. Throws a `CliError` for one that is too large. */
export function estimateText(
  days: number,
  groups: number,
  rate: Config['rate'],
  schedule: Schedule,
): string | undefined {
  const slots = 'probability' in rate ? slotMinutes(schedule).length : 1;
  const draws = days * groups * slots;
  if (draws > mostDraws) {
    throw new CliError(
      `That is ${counted(draws, 'draw')}, expected at most ${grouped(mostDraws)}: take fewer --days or --groups.`,
      exitCodes.badUsage,
    );
  }
  const share = 'probability' in rate ? rate.probability : 1 / rate.meanDays;
  const ms = draws * (perDrawMs + share * perStrikeMs);
  return ms < quietMs ? undefined : `${counted(draws, 'draw')}, which take about ${durationText(ms)}.`;
}
