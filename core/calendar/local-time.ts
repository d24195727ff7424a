import { Temporal } from 'temporal-polyfill';

/** The local time at which a date begins, `2026-12-18T00:00`; a local time is returned as it is. */
export function parseBeginning(dateOrTime: string): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(dateOrTime);
}

/** The first local time after a date; a local time is returned as it is. */
export function parseEnd(dateOrTime: string): Temporal.PlainDateTime {
  const local = Temporal.PlainDateTime.from(dateOrTime);
  return isDate(dateOrTime) ? local.add({ days: 1 }) : local;
}

export function isDate(dateOrTime: string): boolean {
  return !dateOrTime.includes('T');
}

/** The moment when clocks first show a local time, epoch ms; undefined if they skip it. */
export function toMoment(local: Temporal.PlainDateTime, timeZone: string): number | undefined {
  const zoned = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return zoned.toPlainDateTime().equals(local) ? zoned.epochMilliseconds : undefined;
}

/** The first moment when clocks show a local time or, if they skip it, a later one. Epoch ms. */
export function firstMoment(local: Temporal.PlainDateTime, timeZone: string): number {
  const shown = toMoment(local, timeZone);
  if (shown !== undefined) return shown;
  // `earlier` resolves a skipped time to a moment shortly before the change that skips it.
  const before = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? before.epochMilliseconds;
}

/** The last moment when clocks show a local time or, if they skip it, the time shifted by the length of the gap. Epoch ms. */
export function lastMoment(local: Temporal.PlainDateTime, timeZone: string): number {
  return local.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds;
}
