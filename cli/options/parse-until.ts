import { Temporal } from 'temporal-polyfill';
import { lastMoment } from '#core/calendar/local-time.ts';
import { inZone } from '#core/messages/moment-text.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const longestMs = 366 * units.d;

/**
 * Parses a duration from `now`, a time with an offset, or a local time, into epoch ms. `timeZone` is called only for local times.
 * Throws a `CliError` for a time in the past, or more than a year ahead.
 */
export async function parseUntil(
  text: string,
  now: number,
  timeZone: () => Promise<string>,
): Promise<number> {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) throw refused(text, `a date needs a time: ${text}T09:00`);
  const until = durationEnd(text, now) ?? instant(text) ?? (await localMoment(text, timeZone));
  if (until === undefined) {
    throw refused(
      text,
      'expected a time such as 2026-11-24T09:00 or 2026-11-24T09:00+01:00, or a duration such as 90m, 2h, 3d or 1w',
    );
  }
  if (until <= now) {
    const zone = await timeZone().catch(() => 'UTC');
    throw refused(text, `that is in the past: it is now ${inZone(new Date(now).toISOString(), zone)}`);
  }
  if (until > now + longestMs) {
    throw refused(text, 'expected at most a year. To exempt a group indefinitely: ./chaos leash GROUP');
  }
  return until;
}

function durationEnd(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  return count === undefined ? undefined : now + Number(count) * units[unit as keyof typeof units];
}

function instant(text: string): number | undefined {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return undefined;
  }
}

async function localMoment(text: string, timeZone: () => Promise<string>): Promise<number | undefined> {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return undefined;
  const zone = await timeZone();
  try {
    // If clocks show the time twice, the later one is meant.
    return lastMoment(Temporal.PlainDateTime.from(text), zone);
  } catch {
    return undefined;
  }
}

function refused(text: string, why: string): CliError {
  return new CliError(`--until "${text}": ${why}`, exitCodes.badUsage);
}
