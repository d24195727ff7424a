import { type Schedule, slotMinutes } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import { counted, durationText, grouped } from '#core/util/format.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** There is one draw per group and work day, or per group and slot. This many take at least a quarter of an hour. */
export const mostDraws = 100_000_000;

/** Measured on the machine of docs/benchmarks.md. */
const perDrawMs = 0.01;
const perStrikeMs = 0.05;
/** Shorter simulations are not announced. */
const quietMs = 2_000;

/** Estimates how long a simulation takes; undefined if hardly any time. Throws a `CliError` if it is too large. */
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
      `That is ${counted(draws, 'draw')}, expected at most ${grouped(mostDraws)}: use fewer --days or --groups.`,
      exitCodes.badUsage,
    );
  }
  const share = 'probability' in rate ? rate.probability : 1 / rate.meanDays;
  const ms = draws * (perDrawMs + share * perStrikeMs);
  return ms < quietMs ? undefined : `${counted(draws, 'draw')} will take about ${durationText(ms)}.`;
}
