import { Temporal } from 'temporal-polyfill';
import { clockText, dayText } from '#core/messages/format-plan.ts';
import { line } from './report-sections.ts';

/** A moment, ISO 8601, as people of a zone write it: `Mon 2026-11-23 09:00`. What is no moment stays as it is. */
export function momentText(moment: string, timeZone: string): string {
  try {
    const local = Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone);
    return `${dayText(local.toPlainDate().toString())} ${clockText(moment, timeZone)}`;
  } catch {
    return line(moment);
  }
}
