import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CalendarYear } from '#lib/config/calendar-year.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aClock } from '../../support/a-world.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-calendar-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const chaos = (at = '2026-11-23T09:00:00Z') => aCli({ transport: noAws, cwd: folder, clock: aClock(at) });

/** A configuration with this calendar, in a file of its own. */
function configured(calendar: object, timeZone = 'Europe/Berlin'): string {
  const text = {
    master: { account: '111111111111', region: 'eu-west-1' },
    accounts: ['222222222222'],
    regions: ['eu-west-1'],
    externalId: 'chaos-test',
    schedule: { timeZone },
    calendar,
  };
  const file = join(folder, `${Buffer.from(JSON.stringify(text)).toString('hex').slice(-40)}.config.ts`);
  writeFileSync(file, `export default ${JSON.stringify(text)};\n`);
  return file;
}

async function listed(calendar: object, ...args: readonly string[]): Promise<CalendarYear> {
  const { out, exitCode } = await chaos()('calendar', '--json', '--config', configured(calendar), ...args);
  expect(exitCode).toBe(0);
  return JSON.parse(out);
}
const dates = ({ daysOff }: CalendarYear) => daysOff.map(({ date }) => date);

describe('chaos calendar', () => {
  test('lists holidays of all places and days off, by date, with where each comes from', async () => {
    const { year, timeZone, daysOff } = await listed({
      holidays: [{ country: 'DE', region: 'BE' }, { country: 'IE' }],
      daysOff: [
        { date: '2026-12-24', name: 'Company holiday' },
        { date: '2027-12-24', name: 'of another year' },
      ],
    });
    expect({ year, timeZone }).toEqual({ year: 2026, timeZone: 'Europe/Berlin' });
    const of = (from: string) => daysOff.filter(({ date }) => date >= from);
    expect(of('2026-12-01')).toEqual([
      {
        date: '2026-12-24',
        weekday: 'thu',
        isOnSchedule: true,
        name: 'Company holiday',
        sources: ['calendar.daysOff'],
      },
      {
        date: '2026-12-25',
        weekday: 'fri',
        isOnSchedule: true,
        name: 'Christmas Day',
        sources: ['DE-BE', 'IE'],
      },
      { date: '2026-12-26', weekday: 'sat', isOnSchedule: false, name: 'Boxing Day', sources: ['DE-BE'] },
      {
        date: '2026-12-26',
        weekday: 'sat',
        isOnSchedule: false,
        name: 'St. Stephen’s Day',
        sources: ['IE'],
      },
      {
        date: '2026-12-28',
        weekday: 'mon',
        isOnSchedule: true,
        name: 'St. Stephen’s Day (substitute day)',
        sources: ['IE'],
      },
    ]);
    expect(daysOff[0]).toMatchObject({ date: '2026-01-01', sources: ['DE-BE', 'IE'] });
  });

  test('of another year, with the days that reach into it from its neighbors', async () => {
    const swazi = await listed({ holidays: [{ country: 'SZ' }] }, '--year', '2027');
    expect(swazi.year).toBe(2027);
    expect(dates(swazi).slice(0, 3)).toEqual(['2027-01-01', '2027-01-01', '2027-01-02']);
    const us = await listed({ holidays: [{ country: 'US' }] }, '--year', '2027');
    expect(dates(us)).toContain('2027-12-31');
  });

  test.each([
    ['2026-12-31T23:30:00Z', 'Europe/Berlin', 2027],
    ['2027-01-01T00:30:00Z', 'America/St_Johns', 2026],
  ])('at %s in %s the year is %i', async (at, timeZone, year) => {
    const { out } = await chaos(at)('calendar', '--json', '--config', configured({}, timeZone));
    expect(JSON.parse(out)).toMatchObject({ year, daysOff: [], freezes: [] });
  });

  test('lists the freezes that have a part of the year', async () => {
    const freeze = (from: string, to: string) => ({ from, to, reason: `${from} to ${to}` });
    const freezes = [
      freeze('2025-12-18', '2026-01-01T00:00'),
      freeze('2025-12-18', '2026-01-01'),
      { ...freeze('2026-12-18T17:00', '2027-01-04T09:00'), accounts: ['222222222222'] },
      freeze('2027-01-01', '2027-01-02'),
    ];
    expect((await listed({ freezes })).freezes).toEqual([freezes[1], freezes[2]]);
    expect((await listed({ freezes }, '--year', '2027')).freezes).toEqual([freezes[2], freezes[3]]);
  });

  test('says what the library knows and does not take for a day off, unless the configuration does', async () => {
    const holidays = [{ country: 'DE', region: 'BE' }];
    const german = await listed({ holidays });
    expect(german.workDays).toMatchObject([
      { date: '2026-12-24', name: 'Christmas Eve', type: 'bank' },
      { date: '2026-12-31', name: "New Year's Eve", type: 'bank' },
    ]);
    const own = await listed({ holidays, daysOff: [{ date: '2026-12-24', name: 'Company holiday' }] });
    expect(own.workDays).toMatchObject([{ date: '2026-12-31' }]);
  });

  test('names the countries whose days off are decreed, of those configured', async () => {
    const holidays = ['TW', 'DE', 'CN'].map((country) => ({ country }));
    expect((await listed({ holidays })).decreed).toEqual(['CN', 'TW']);
  });

  test('prints text for people', async () => {
    const calendar = {
      holidays: [{ country: 'KR' }],
      freezes: [{ from: '2026-11-27', to: '2026-11-30', reason: 'Black Friday', groups: ['payment-*'] }],
    };
    const { out } = await chaos()('calendar', '--config', configured(calendar, 'Asia/Seoul'));
    expect(out).toMatch(
      /^2026, Asia\/Seoul: \d+ scheduled days off\n {2}2026-01-01 thu {2}New Year's Day \(KR\)\n/,
    );
    expect(out).toContain('\n  2026-06-06 sat  Memorial Day (KR): not a scheduled day anyway\n');
    expect(out).toContain('\nFreezes\n  2026-11-27 to 2026-11-30  Black Friday (payment-*)\n');
    expect(out).toMatch(/\nKR: some days off are decreed.*\n.*calendar\.daysOff.*$/);
  });

  test.each(['26', 'next', '1969', '2101', '2026.5', ''])('takes no year %j', async (year) => {
    const { exitCode, notes } = await chaos()('calendar', '--year', year, '--config', configured({}));
    expect(exitCode).toBe(2);
    expect(notes).toContain('expected a year from 1970 to 2100');
  });
});
