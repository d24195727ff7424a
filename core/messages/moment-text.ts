import { Temporal } from 'temporal-polyfill';
import { maxText, oneLine } from '../util/format.ts';
import { clockText, dayText } from './plan-text.ts';

/** A moment, ISO 8601 in UTC, as clocks show it: `Mon 2026-11-23 10:00`. What is no moment stays as it is. */
export function momentText(moment: string, timeZone: string): string {
  try {
    const day = Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDate();
    return `${dayText(day.toString())} ${clockText(moment, timeZone)}`;
  } catch {
    return oneLine(moment, maxText);
  }
}

/**
 * The text with every moment in UTC as clocks of the zone show it, which is named: `Mon 2026-11-23 10:00 Europe/Berlin`. What is a
 * name stays as it is: of a slot, or as part of a key in the ledger.
 */
export function inZone(text: string, timeZone: string): string {
  return text.replaceAll(/(?<!slot |[#/=])\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z\b/g, (moment) => {
    const local = momentText(moment, timeZone);
    return local === moment ? moment : `${local} ${timeZone}`;
  });
}
