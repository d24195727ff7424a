import { Temporal } from 'temporal-polyfill';
import type { Day } from './calendar.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** The calendar days of a time zone. */
export interface LocalDays {
  dayOf(moment: number): Day;
  /** Epoch ms: the first moment, and the first of the next day. They are not always 24 hours apart. */
  spanOf(day: Day): Span;
}
export interface Span {
  readonly begins: number;
  readonly ends: number;
}

/** Caches its answers: a simulation asks for a million moments on a few hundred days. */
export function localDays(timeZone: string): LocalDays {
  /** The local days that overlap each UTC day. */
  const seen = new Map<number, (Span & { readonly day: Day })[]>();

  /** Without a time, this is the start of the day, which is not midnight if clocks go forward then. */
  const parseBeginning = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;

  function spanOf(day: Day): Span {
    const date = Temporal.PlainDate.from(day);
    return { begins: parseBeginning(date), ends: parseBeginning(date.add({ days: 1 })) };
  }

  function dayOf(moment: number): Day {
    const utcDay = Math.floor(moment / dayMs);
    const spans = seen.get(utcDay) ?? [];
    const known = spans.find(({ begins, ends }) => begins <= moment && moment < ends);
    if (known !== undefined) return known.day;
    const day = Temporal.Instant.fromEpochMilliseconds(moment)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate()
      .toString();
    seen.set(utcDay, [...spans, { day, ...spanOf(day) }]);
    return day;
  }

  return { dayOf, spanOf };
}

/** `2026-12-31` and 1 are `2027-01-01`. */
export function plusDays(day: Day, count: number): Day {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}
