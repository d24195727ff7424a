import { describe, expect, test } from 'vitest';
import { inZone, momentText } from '#core/messages/moment-text.ts';

describe('momentText', () => {
  test.each([
    ['2026-11-23T09:00:00.000Z', 'Europe/Berlin', 'Mon 2026-11-23 10:00'],
    ['2026-11-23T23:59:59Z', 'Asia/Tokyo', 'Tue 2026-11-24 08:59'],
    ['2026-07-01T00:15:00Z', 'America/St_Johns', 'Tue 2026-06-30 21:45'],
    ['forever', 'UTC', 'forever'],
    ['2026-11-23T09:00:00Z', 'Mars/Olympus', '2026-11-23T09:00:00Z'],
  ])('%s in %s is %s', (moment, timeZone, text) => {
    expect(momentText(moment, timeZone)).toBe(text);
  });
});

describe('inZone', () => {
  test('tells every moment of a text in the zone, and names it; days and ids stay', () => {
    const text = 'drawn for 2026-11-23: due at 2026-11-23T12:31:07.000Z, run 20261123T090000Z-3f9a1c2b';
    expect(inZone(text, 'Europe/Berlin')).toBe(
      'drawn for 2026-11-23: due at Mon 2026-11-23 13:31 Europe/Berlin, run 20261123T090000Z-3f9a1c2b',
    );
  });

  test.each([
    'slot 2026-11-23T09:00:00Z',
    'pk=group#1/eu-west-1/asg/web sk=strike#2026-11-23T09:00:00Z',
    'adhoc/2026-11-23T09:00:00Z',
  ])('leaves names: %s', (text) => {
    expect(inZone(text, 'Europe/Berlin')).toBe(text);
  });

  test('leaves what is no moment, and what is part of a longer word', () => {
    expect(inZone('2026-99-99T09:00Z x2026-11-23T09:00:00Z', 'UTC')).toBe(
      '2026-99-99T09:00Z x2026-11-23T09:00:00Z',
    );
  });
});
