import { Temporal } from 'temporal-polyfill';

/** The local time at which a date, or a local time, begins: `2026-12-18T00:00`. */
export function parseBeginning(dateOrTime: string): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(dateOrTime);
}

/** The local time that is the first after a date; a local time is its own end. */
export function parseEnd(dateOrTime: string): Temporal.PlainDateTime {
  const local = Temporal.PlainDateTime.from(dateOrTime);
  return isDate(dateOrTime) ? local.add({ days: 1 }) : local;
}

export function isDate(dateOrTime: string): boolean {
  return !dateOrTime.includes('T');
}

/** The moment at which clocks first show a local time; undefined where they are put forward past it. Epoch ms. */
export function toMoment(local: Temporal.PlainDateTime, timeZone: string): number | undefined {
  const zoned = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return zoned.toPlainDateTime().equals(local) ? zoned.epochMilliseconds : undefined;
}

/** The first moment at which clocks show a local time or, where they are put forward past it, a later one. Epoch ms. */
export function firstMoment(local: Temporal.PlainDateTime, timeZone: string): number {
  const shown = toMoment(local, timeZone);
  if (shown !== undefined) return shown;
  // A time that is skipped lies, by the clock as it was before, ahead of the very change that skips it.
  const before = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? before.epochMilliseconds;
}

/** The last moment at which clocks show a local time or, where they are put forward past it, one as much later. Epoch ms. */
export function lastMoment(local: Temporal.PlainDateTime, timeZone: string): number {
  return local.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds;
}
