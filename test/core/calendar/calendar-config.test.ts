import { describe, expect, test } from 'vitest';
import { CalendarExceptions } from '#core/calendar/calendar-config.ts';
import { InvalidInput, parse } from '#core/util/parse.ts';

/** What is said of an input, without its first line. */
function refusal(input: unknown): readonly string[] {
  try {
    parse(CalendarExceptions, input, 'calendar');
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split('\n  ').slice(1);
  }
  return [];
}

const freeze = { from: '2026-12-18', to: '2026-12-20', reason: 'sale' };
const aDate = 'expected a date such as "2026-12-24"';
const aTime = 'expected a date such as "2026-12-18", or a local time such as "2026-12-18T17:00"';

describe('CalendarExceptions', () => {
  test('are none by default', () => {
    expect(CalendarExceptions.parse({})).toEqual({ holidays: [], daysOff: [], freezes: [] });
  });

  test('are, parsed, what they can be parsed from again', () => {
    const whole = CalendarExceptions.parse({
      holidays: [{ country: 'DE', region: 'BY', subRegion: 'A' }],
      daysOff: [{ date: '2026-12-24', name: 'company holiday' }],
      freezes: [
        { ...freeze, accounts: ['222222222222'], groups: ['web-*'] },
        { ...freeze, from: '2026-12-18T17:00', to: '2026-12-18T17:01' },
        { ...freeze, to: '9999-12-31' },
      ],
      holidayDates: { through: '2029-12-31', days: [{ date: '2026-12-25', name: 'Christmas Day' }] },
    });
    expect(CalendarExceptions.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  });

  test.each([
    [{ holiday: [] }, ['holiday: unknown key, found []; did you mean holidays?']],
    [
      { holidays: [{ country: 'de' }] },
      ['holidays[0].country: expected a country of two capital letters, such as "DE", found "de"'],
    ],
    [
      { holidays: [{ country: 'DE', subRegion: 'A' }] },
      ['holidays[0].region: expected the region of the subRegion, found nothing'],
    ],
    [{ daysOff: [{ date: '2026-02-29', name: 'leap' }] }, [`daysOff[0].date: ${aDate}, found "2026-02-29"`]],
    [
      { daysOff: [{ date: '24.12.2026', name: '' }] },
      [`daysOff[0].date: ${aDate}, found "24.12.2026"`, 'daysOff[0].name: expected a name, found ""'],
    ],
    [
      { freezes: [{ ...freeze, from: '2026-12-21' }] },
      ['freezes[0].to: expected a time later than "from", found "2026-12-20"'],
    ],
    [
      { freezes: [{ ...freeze, from: '2026-12-20T10:00', to: '2026-12-20T10:00' }] },
      ['freezes[0].to: expected a time later than "from", found "2026-12-20T10:00"'],
    ],
    [
      { freezes: [{ ...freeze, to: '2026-12-18T00:00' }] },
      ['freezes[0].to: expected a time later than "from", found "2026-12-18T00:00"'],
    ],
    [
      { freezes: [{ ...freeze, to: '2026-12-18T17:00Z' }] },
      [`freezes[0].to: ${aTime}, found "2026-12-18T17:00Z"`],
    ],
    [
      { freezes: [{ ...freeze, to: '2026-12-18T17:00+01:00' }] },
      [`freezes[0].to: ${aTime}, found "2026-12-18T17:00+01:00"`],
    ],
    [{ freezes: [{ ...freeze, from: 'now' }] }, [`freezes[0].from: ${aTime}, found "now"`]],
    [{ freezes: [{ ...freeze, reason: '' }] }, ['freezes[0].reason: expected a reason, found ""']],
    [
      { freezes: [{ ...freeze, accounts: [] }] },
      ['freezes[0].accounts: expected at least one account, found []'],
    ],
    [{ freezes: [{ ...freeze, groups: [] }] }, ['freezes[0].groups: expected at least one group, found []']],
  ])('refuse %j', (input, said) => {
    expect(refusal(input)).toEqual(said);
  });
});
