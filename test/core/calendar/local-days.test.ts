import { expect, test } from 'vitest';
import { localDays } from '#core/calendar/local-days.ts';
import { utc } from '../../support/a-calendar.ts';

test.each([
  ['UTC', '2026-12-31', '2026-12-31T00:00Z', '2027-01-01T00:00Z', 'a day like most'],
  ['Pacific/Auckland', '2026-11-23', '2026-11-22T11:00Z', '2026-11-23T11:00Z', 'far ahead of UTC'],
  ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00Z', '2026-03-29T22:00Z', '23 hours'],
  ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00Z', '2026-10-25T23:00Z', '25 hours'],
  ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00Z', '2026-04-24T21:00Z', 'without a midnight'],
])('in %s %s is from %s to %s: %s', (timeZone, day, begins, ends, _what) => {
  const span = localDays(timeZone).spanOf(day);
  expect([utc(span.begins), utc(span.ends)]).toEqual([begins, ends]);
});
