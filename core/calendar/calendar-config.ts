import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { AccountId } from '../model/aws-names.ts';
import { atMost } from '../util/at-most.ts';
import { beginningOf, endOf } from './local-time.ts';
import type { Schedule } from './schedule.ts';

const aDate = 'expected a date such as "2026-12-24"';
const LocalDate = z.string(aDate).pipe(z.iso.date(aDate));

const aTime = 'expected a date such as "2026-12-18", or a local time such as "2026-12-18T17:00"';
const LocalTime = z.iso.datetime({ local: true, precision: -1 });
const LocalDateOrTime = z
  .string(aTime)
  .pipe(z.union([z.iso.date(), LocalTime], aTime))
  // To zod a local time may be one in UTC as well.
  .refine((text) => !text.endsWith('Z'), aTime);

/** Of what is written by hand. Together they bound how much there is to look at: each freeze has lists of its own. */
const max = { holidays: 100, daysOff: 1_000, freezes: 200, accounts: 1_000, groups: 100 };

const aReason = 'expected a reason';
const aPattern = 'expected the name or key of a group, with * for any characters';

const HolidaysOf = z
  .strictObject({
    /** ISO 3166-1. */
    country: z
      .string('expected a country such as "DE"')
      .regex(/^[A-Z]{2}$/, 'expected a country of two capital letters, such as "DE"'),
    /** A state, a province: `BE` in Germany is Berlin. Left out: the holidays of the whole country. */
    region: z.string('expected a region such as "BE"').optional(),
    /** A part of a region that has holidays of its own. */
    subRegion: z.string('expected a part of the region').optional(),
  })
  .refine(({ region, subRegion }) => region !== undefined || subRegion === undefined, {
    path: ['region'],
    error: 'expected the region of the subRegion',
  });
export type HolidaysOf = z.infer<typeof HolidaysOf>;

const Freeze = z
  .strictObject({
    /** A day, from its beginning, or a local time. */
    from: LocalDateOrTime,
    /** A day, to its end, or a local time that is the first after the freeze. */
    to: LocalDateOrTime,
    /** Stands in every report that the freeze spares something in. */
    reason: z.string(aReason).min(1, aReason),
    accounts: atMost(
      max.accounts,
      'accounts',
      z.array(AccountId, 'expected a list of account ids').min(1, 'expected at least one account'),
    ).optional(),
    /** Names of groups, or whole keys, such as `payment-*`, or `111122223333/eu-west-1/*`. Case matters. */
    groups: atMost(
      max.groups,
      'groups',
      z
        .array(z.string(aPattern).min(1, aPattern).max(300, aPattern), 'expected a list of groups')
        .min(1, 'expected at least one group'),
    ).optional(),
  })
  .refine(({ from, to }) => Temporal.PlainDateTime.compare(beginningOf(from), endOf(to)) < 0, {
    path: ['to'],
    error: 'expected a time later than "from"',
    // A mistake in either has been named already.
    when: ({ issues }) => issues.length === 0,
  });
/** Times are in the schedule's zone. Holds everywhere, or in these accounts and for these groups: either is enough. */
export type FreezeEntry = z.infer<typeof Freeze>;

const DayOff = z.strictObject({
  date: LocalDate,
  name: z.string('expected a name').min(1, 'expected a name'),
});
export type DayOff = z.infer<typeof DayOff>;

/** When nothing is struck although the schedule would have it. Dates are those of the schedule's zone. */
export const CalendarExceptions = z.strictObject({
  /** Public holidays; looked up when the configuration is loaded. */
  holidays: atMost(
    max.holidays,
    'places',
    z.array(HolidaysOf, 'expected a list such as [{ country: "DE", region: "BE" }]'),
  ).default([]),
  daysOff: atMost(
    max.daysOff,
    'days',
    z.array(DayOff, 'expected a list such as [{ date: "2026-12-24", name: "Company holiday" }]'),
  ).default([]),
  freezes: atMost(max.freezes, 'freezes', z.array(Freeze, 'expected a list of freezes')).default([]),
  /** What `holidays` are, as dates. Filled in when the configuration is loaded; not meant to be written by hand. */
  holidayDates: z
    .strictObject({ through: LocalDate, days: atMost(20_000, 'days', z.array(DayOff)) })
    .optional(),
});
export type CalendarExceptions = z.infer<typeof CalendarExceptions>;

/** The parts of the configuration that make a calendar. */
export interface CalendarConfig {
  readonly schedule: Schedule;
  readonly calendar: CalendarExceptions;
}
