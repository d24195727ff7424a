import { Temporal } from 'temporal-polyfill';
import { maxText, oneLine } from '../util/format.ts';
import { clockText, dayText } from './plan-text.ts';

/** A moment, ISO 8601 in UTC, in local time: `Mon 2026-11-23 10:00`. Text that is not a moment is returned unchanged. */
export function momentText(moment: string, timeZone: string): string {
  try {
    const day = Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDate();
    return `${dayText(day.toString())} ${clockText(moment, timeZone)}`;
  } catch {
    return oneLine(moment, maxText);
  }
}

/** `Mon 2026-11-23 10:00 Europe/Berlin (Mon 2026-11-23 09:00 UTC)`: for a moment at which people in two places are to be ready. */
export function bothZones(moment: string, timeZone: string): string {
  const utc = `${momentText(moment, 'UTC')} UTC`;
  const local = inZone(moment, timeZone);
  return timeZone === 'UTC' || local === moment ? utc : `${local} (${utc})`;
}

/**
 * Converts every moment in the text from UTC to local time, with the zone: `Mon 2026-11-23 10:00 Europe/Berlin`. A moment that
 * is a name stays unchanged: a slot's, or part of a key in the ledger.
 */
export function inZone(text: string, timeZone: string): string {
  return text.replaceAll(/(?<!slot |[#/=])\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z\b/g, (moment) => {
    const local = momentText(moment, timeZone);
    return local === moment ? moment : `${local} ${timeZone}`;
  });
}
