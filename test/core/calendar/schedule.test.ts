import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cronExpression,
  isInWindow,
  localTime,
  Schedule,
  slotMinutes,
  windowCloses,
} from '#core/calendar/schedule.ts';
import { parse } from '#core/util/parse.ts';

const berlin = Schedule.parse({ timeZone: 'Europe/Berlin' });
const at = (text: string) => Date.parse(text);

describe('Schedule', () => {
  test.each([
    [{ from: '09:00', to: '09:00' }, 'to: expected a time later on the same day than "from", found "09:00"'],
    [{ from: '22:00', to: '06:00' }, 'to: expected a time later on the same day than "from", found "06:00"'],
    [{ to: '24:00' }, 'to: expected a time from "00:00" to "23:59", found "24:00"'],
    [{ days: [] }, 'days: expected at least one day, found []'],
    [{ days: ['mon', 'mon'] }, 'days: expected each day once: mon is there twice, found ["mon","mon"]'],
    [{ timeZone: '+02:00' }, 'timeZone: expected an IANA time zone such as "Europe/Berlin", found "+02:00"'],
  ])('refuses %j', (input, said) => {
    expect(() => parse(Schedule, input, 'schedule')).toThrow(`schedule is not valid:\n  ${said}`);
  });

  test.each(['EUROPE/BERLIN/', 'Mars/Phobos', '', 'Z', '-02:00', 'UTC+1'])(
    'refuses "%s" as a time zone',
    (timeZone) => {
      expect(() => parse(Schedule, { timeZone }, 'schedule')).toThrow(
        'timeZone: expected an IANA time zone such as "Europe/Berlin"',
      );
    },
  );

  // EventBridge Scheduler tells case apart.
  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['America/New_york', 'America/New_York'],
    ['EUROPE/BERLIN', 'Europe/Berlin'],
    ['Utc', 'UTC'],
    ['America/Port-Au-Prince', 'America/Port-au-Prince'],
    ['gb-eire', 'GB-Eire'],
    ['etc/gmt+5', 'Etc/GMT+5'],
  ])('refuses the spelling "%s" and names %s', (timeZone, exact) => {
    expect(() => parse(Schedule, { timeZone }, 'schedule')).toThrow(
      `timeZone: expected the exact spelling "${exact}", found "${timeZone}"`,
    );
  });

  test.each(['W-SU', 'GB-Eire', 'NZ-CHAT', 'GMT+0', 'Etc/GMT+5', 'EST5EDT', 'Europe/Kyiv', 'Asia/Kolkata'])(
    'takes the time zone %s',
    (timeZone) => {
      expect(Schedule.parse({ timeZone })).toMatchObject({ timeZone });
    },
  );

  test('may be one minute long', () => {
    expect(Schedule.parse({ from: '23:58', to: '23:59' })).toMatchObject({ from: '23:58', to: '23:59' });
  });
});

describe('isInWindow', () => {
  test.each([
    ['2026-11-23T07:59:59Z', false, 'a second before it opens'],
    ['2026-11-23T08:00:00Z', true, 'its first second'],
    ['2026-11-23T14:59:59Z', true, 'its last second'],
    ['2026-11-23T15:00:00Z', false, 'as it closes'],
    ['2026-11-22T10:00:00Z', false, 'on a Sunday'],
    ['2026-07-01T07:00:00Z', true, 'an hour earlier in UTC while it is summer in Berlin'],
    ['2026-07-01T14:00:00Z', false, 'closed an hour earlier in summer'],
  ])('%s: %s, %s', (time, open) => {
    expect(isInWindow(berlin, at(time))).toBe(open);
  });

  test("takes the weekday in the schedule's zone, not the machine's", () => {
    const auckland = Schedule.parse({ timeZone: 'Pacific/Auckland', days: ['mon'] });
    // Sunday evening in UTC is Monday morning in Auckland.
    expect(isInWindow(auckland, at('2026-11-22T21:00:00Z'))).toBe(true);
    expect(isInWindow(auckland, at('2026-11-23T21:00:00Z'))).toBe(false);
  });
});

describe('windowCloses', () => {
  test.each([
    ['2026-11-23T08:00:00Z', '2026-11-23T15:00:00Z', 'in winter'],
    ['2026-07-01T08:00:00Z', '2026-07-01T14:00:00Z', 'in summer'],
    ['2026-11-22T23:30:00Z', '2026-11-23T15:00:00Z', 'on the day that it is in the zone'],
  ])('%s: %s, %s', (time, closes) => {
    expect(windowCloses(berlin, at(time))).toBe(at(closes));
  });
});

describe('slotMinutes', () => {
  test.each([
    [{ from: '09:00', to: '11:00' }, [540, 600]],
    [{ from: '09:00', to: '11:01' }, [540, 600, 660]],
    [{ from: '09:10', to: '09:11', everyMinutes: 5 }, [550]],
  ])('%j: %j', (schedule, minutes) => {
    expect(slotMinutes(Schedule.parse(schedule))).toEqual(minutes);
  });
});

describe('localTime', () => {
  test('names day, time and zone', () => {
    expect(localTime(berlin, at('2026-11-22T21:05:00Z'))).toBe('Sun 2026-11-22 22:05 Europe/Berlin');
  });
});

describe('cronExpression', () => {
  test.each([
    [{}, 'cron(0 9,10,11,12,13,14,15 ? * MON,TUE,WED,THU,FRI *)'],
    [
      { from: '09:30', to: '12:00', everyMinutes: 30, days: ['sun', 'mon'] },
      'cron(0,30 9,10,11 ? * SUN,MON *)',
    ],
    [{ from: '08:15', to: '08:16' }, 'cron(15 8 ? * MON,TUE,WED,THU,FRI *)'],
    [{ from: '00:00', to: '23:59', everyMinutes: 360 }, 'cron(0 0,6,12,18 ? * MON,TUE,WED,THU,FRI *)'],
  ])('%j is %s', (schedule, expression) => {
    expect(cronExpression(Schedule.parse(schedule))).toBe(expression);
  });

  test('names every slot of the window', () => {
    const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const time = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(minutes, minutes, fc.constantFrom(5, 10, 15, 20, 30, 60, 120), (a, b, everyMinutes) => {
        fc.pre(a !== b);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const cron = cronExpression(
          Schedule.parse({ from: time(from), to: time(to), everyMinutes, days: ['mon'] }),
        );
        const [, minuteList = '', hourList = ''] = /^cron\((\S+) (\S+) /.exec(cron) ?? [];
        for (let slot = from; slot < to; slot += everyMinutes) {
          expect(minuteList.split(',')).toContain(String(slot % 60));
          expect(hourList.split(',')).toContain(String(Math.floor(slot / 60)));
        }
      }),
    );
  });
});
