import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { AccountId } from '../model/aws-names.ts';
import { atMost } from '../util/at-most.ts';
import { parseBeginning, parseEnd } from './local-time.ts';
import type { Schedule } from './schedule.ts';

const aDate = 'expected a date such as "2026-12-24"';
const LocalDate = z.string(aDate).pipe(z.iso.date(aDate));

const aTime = 'expected a date such as "2026-12-18", or a local time such as "2026-12-18T17:00"';
const LocalTime = z.iso.datetime({ local: true, precision: -1 });
const LocalDateOrTime = z
  .string(aTime)
  .pipe(z.union([z.iso.date(), LocalTime], aTime))
  // zod accepts a local time in UTC as well.
  .refine((text) => !text.endsWith('Z'), aTime);

/** Limits on what is written by hand. Together they bound the work, as each freeze has its own lists. */
const max = { holidays: 100, daysOff: 1_000, freezes: 200, accounts: 1_000, groups: 100 };

const aReason = 'expected a reason';
const aPattern = 'expected the name or key of a group, with * for any characters';

const HolidaysOf = z
  .strictObject({
    country: z
      .string('expected a country such as "DE"')
      .regex(/^[A-Z]{2}$/, 'expected a country of two capital letters, such as "DE"')
      .describe('Its ISO 3166-1 code.'),
    region: z
      .string('expected a region such as "BE"')
      .optional()
      .describe(
        'A state or province: `BE` in Germany is Berlin. Default: the holidays of the whole country.',
      ),
    subRegion: z
      .string('expected a part of the region')
      .optional()
      .describe('A part of the region that has its own holidays.'),
  })
  .refine(({ region, subRegion }) => region !== undefined || subRegion === undefined, {
    path: ['region'],
    error: 'expected the region of the subRegion',
  });
export type HolidaysOf = z.infer<typeof HolidaysOf>;

const Freeze = z
  .strictObject({
    from: LocalDateOrTime.describe('A local time, or a day, from its start.'),
    to: LocalDateOrTime.describe('The first local time after the freeze, or a day, to its end.'),
    reason: z
      .string(aReason)
      .min(1, aReason)
      .describe('Appears in every report in which the freeze spares something.'),
    accounts: atMost(
      max.accounts,
      'accounts',
      z.array(AccountId, 'expected a list of account ids').min(1, 'expected at least one account'),
    )
      .optional()
      .describe('Without accounts and groups, the freeze applies everywhere; with both, either is enough.'),
    groups: atMost(
      max.groups,
      'groups',
      z
        .array(z.string(aPattern).min(1, aPattern).max(300, aPattern), 'expected a list of groups')
        .min(1, 'expected at least one group'),
    )
      .optional()
      .describe('Names or whole keys, such as `payment-*`, or `111122223333/eu-west-1/*`. Case matters.'),
  })
  .refine(({ from, to }) => Temporal.PlainDateTime.compare(parseBeginning(from), parseEnd(to)) < 0, {
    path: ['to'],
    error: 'expected a time later than "from"',
    // A mistake in either has already been reported.
    when: ({ issues }) => issues.length === 0,
  });
/**
 * Times are in the schedule's zone. Applies everywhere, or to a group that is in one of the accounts or matches one of the
 * patterns.
 */
export type FreezeEntry = z.infer<typeof Freeze>;

const DayOff = z.strictObject({
  date: LocalDate.describe('The day.'),
  name: z.string('expected a name').min(1, 'expected a name').describe('For reports and for the calendar.'),
});
export type DayOff = z.infer<typeof DayOff>;

/** Exceptions to the schedule: times when nothing is struck. Dates are in the schedule's zone. */
export const CalendarExceptions = z.strictObject({
  holidays: atMost(
    max.holidays,
    'places',
    z.array(HolidaysOf, 'expected a list such as [{ country: "DE", region: "BE" }]'),
  )
    .default([])
    .describe('Public holidays in these places are days off. They are looked up when the file is read.'),
  daysOff: atMost(
    max.daysOff,
    'days',
    z.array(DayOff, 'expected a list such as [{ date: "2026-12-24", name: "Company holiday" }]'),
  )
    .default([])
    .describe('Other days off.'),
  freezes: atMost(max.freezes, 'freezes', z.array(Freeze, 'expected a list of freezes'))
    .default([])
    .describe('Times when nothing is struck: everywhere, in these accounts, or in these groups.'),
  holidayDates: z
    .strictObject({
      through: LocalDate.describe('The last day whose holidays are known.'),
      days: atMost(20_000, 'days', z.array(DayOff, 'expected a list of days')).describe('The holidays.'),
    })
    .optional()
    .describe('The dates of `holidays`. Filled in when the file is read; not meant to be written by hand.'),
});
export type CalendarExceptions = z.infer<typeof CalendarExceptions>;

/** The parts of the configuration that make a calendar. */
export interface CalendarConfig {
  readonly schedule: Schedule;
  readonly calendar: CalendarExceptions;
}
