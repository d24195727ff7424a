import { describe, expect, test } from 'vitest';
import { aCalendar, at, utc } from '../../support/a-calendar.ts';

const web = { account: '222222222222', name: 'web', key: '222222222222/eu-west-1/asg/web' };

type Freezes = NonNullable<Parameters<typeof aCalendar>[1]>['freezes'];
const berlin = (...freezes: NonNullable<Freezes>) => aCalendar({ timeZone: 'Europe/Berlin' }, { freezes });

describe('freezeAt', () => {
  test.each([
    [{ from: '2026-12-18', to: '2026-12-20' }, '2026-12-17T23:00Z', '2026-12-20T23:00Z', 'whole days'],
    [{ from: '2026-12-18', to: '2026-12-18' }, '2026-12-17T23:00Z', '2026-12-18T23:00Z', 'one day'],
    [{ from: '2026-12-31', to: '2027-01-01' }, '2026-12-30T23:00Z', '2027-01-01T23:00Z', "over a year's end"],
    [{ from: '2026-12-18T17:00', to: '2026-12-21T06:30' }, '2026-12-18T16:00Z', '2026-12-21T05:30Z', 'times'],
    [
      { from: '2026-12-18T17:00', to: '2026-12-18' },
      '2026-12-18T16:00Z',
      '2026-12-18T23:00Z',
      'to the end of a day',
    ],
    [
      { from: '2026-12-18', to: '2026-12-18T06:00' },
      '2026-12-17T23:00Z',
      '2026-12-18T05:00Z',
      'from its beginning',
    ],
    [{ from: '2026-03-29', to: '2026-03-29' }, '2026-03-28T23:00Z', '2026-03-29T22:00Z', 'a day of 23 hours'],
    [{ from: '2026-10-25', to: '2026-10-25' }, '2026-10-24T22:00Z', '2026-10-25T23:00Z', 'a day of 25 hours'],
    [
      { from: '2026-03-29T02:30', to: '2026-03-29T12:00' },
      '2026-03-29T01:00Z',
      '2026-03-29T10:00Z',
      'from a time that clocks skip',
    ],
    [
      { from: '2026-03-28T12:00', to: '2026-03-29T02:30' },
      '2026-03-28T11:00Z',
      '2026-03-29T01:30Z',
      'to a time that clocks skip',
    ],
    [
      { from: '2026-10-25T02:30', to: '2026-10-25T12:00' },
      '2026-10-25T00:30Z',
      '2026-10-25T11:00Z',
      'from the first of two 02:30',
    ],
    [
      { from: '2026-10-24T12:00', to: '2026-10-25T02:30' },
      '2026-10-24T10:00Z',
      '2026-10-25T01:30Z',
      'to the last of two 02:30',
    ],
  ])('%j is from %s to %s: %s', (edges, since, until) => {
    const { freezeAt } = berlin({ ...edges, reason: 'sale' });
    expect(freezeAt(at(since) - 1)).toBeUndefined();
    expect(freezeAt(at(since))).toEqual({ reason: 'sale', until: at(until) });
    expect(freezeAt(at(until) - 1)).toEqual({ reason: 'sale', until: at(until) });
    expect(freezeAt(at(until))).toBeUndefined();
  });

  test('ends with a day that is followed by one without a midnight', () => {
    const calendar = aCalendar(
      { timeZone: 'Africa/Cairo' },
      { freezes: [{ from: '2026-04-23', to: '2026-04-23', reason: 'sale' }] },
    );
    expect(utc(calendar.freezeAt(at('2026-04-23T12:00Z'))?.until ?? 0)).toBe('2026-04-23T22:00Z');
  });

  test('of several it is the one that lasts longest', () => {
    const { freezeAt } = berlin(
      { from: '2026-12-18', to: '2026-12-20', reason: 'short' },
      { from: '2026-12-19', to: '2026-12-24', reason: 'long' },
      { from: '2026-12-19', to: '2026-12-21', reason: 'middling' },
    );
    expect(freezeAt(at('2026-12-18T12:00Z'))?.reason).toBe('short');
    expect(freezeAt(at('2026-12-19T12:00Z'))?.reason).toBe('long');
  });

  test('does not make a day a day off', () => {
    const calendar = berlin({ from: '2026-11-23', to: '2026-11-23', reason: 'sale' });
    expect(calendar.offText('2026-11-23')).toBeUndefined();
    expect(calendar.freezeOf(web, at('2026-11-23T12:00Z'))).toBeUndefined();
  });
});

describe('freezeOf', () => {
  const dates = { from: '2026-12-18', to: '2026-12-18', reason: 'sale' };
  const noon = at('2026-12-18T12:00Z');

  test.each([
    [{ accounts: ['222222222222'] }, true, 'its account'],
    [{ accounts: ['333333333333'] }, false, 'another account'],
    [{ groups: ['web'] }, true, 'its name'],
    [{ groups: ['we*'] }, true, 'the beginning of its name'],
    [{ groups: ['we'] }, false, 'a part of its name'],
    [{ groups: ['222222222222/eu-west-1/asg/web'] }, true, 'its key'],
    [{ groups: ['*/eu-west-1/*'] }, true, 'its region'],
    [{ groups: ['*/us-east-1/*'] }, false, 'another region'],
    [{ groups: ['api', 'web'] }, true, 'one of several'],
    [{ accounts: ['222222222222'], groups: ['api'] }, true, 'its account, beside other groups'],
    [{ accounts: ['333333333333'], groups: ['web'] }, true, 'its name, beside other accounts'],
  ])('%j: %s, %s', (scope, frozen, _what) => {
    const calendar = berlin({ ...dates, ...scope });
    expect(calendar.freezeOf(web, noon)).toEqual(
      frozen ? { reason: 'sale', until: at('2026-12-18T23:00Z') } : undefined,
    );
    expect(calendar.freezeOf(web, at('2026-12-18T23:00Z'))).toBeUndefined();
    expect(calendar.freezeAt(noon)).toBeUndefined();
  });
});
