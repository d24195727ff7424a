import { describe, expect, test } from 'vitest';
import { parseUntil } from '#cli/options/parse-until.ts';

const now = Date.parse('2026-03-27T10:00:00Z');

async function until(text: string, timeZone = 'Europe/Berlin'): Promise<string> {
  return new Date(await parseUntil(text, now, async () => timeZone)).toISOString();
}

describe('parseUntil', () => {
  test.each([
    ['90m', '2026-03-27T11:30:00.000Z'],
    ['2h', '2026-03-27T12:00:00.000Z'],
    // Of 24 hours, although clocks are put forward meanwhile.
    ['3d', '2026-03-30T10:00:00.000Z'],
    ['1w', '2026-04-03T10:00:00.000Z'],
    ['2026-03-28T09:00:00Z', '2026-03-28T09:00:00.000Z'],
    ['2026-03-28T09:00+01:00', '2026-03-28T08:00:00.000Z'],
    ['2026-03-28T09:00', '2026-03-28T08:00:00.000Z'],
    ['2026-03-30T09:00:30', '2026-03-30T07:00:30.000Z'],
  ])('%s is %s', async (text, moment) => {
    expect(await until(text)).toBe(moment);
  });

  test('takes the later of an ambiguous local time, and shifts a skipped one', async () => {
    expect(await until('2026-10-25T02:30')).toBe('2026-10-25T01:30:00.000Z');
    expect(await until('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
  });

  test('asks for the time zone only if it matters', async () => {
    const nobody = async () => {
      throw new Error('was asked');
    };
    expect(await parseUntil('2h', now, nobody)).toBe(now + 7_200_000);
    expect(await parseUntil('2026-03-28T09:00Z', now, nobody)).toBeGreaterThan(now);
    await expect(parseUntil('2026-03-28T09:00', now, nobody)).rejects.toThrow('was asked');
  });

  test.each(['', 'noon', '2', '-2h', '1.5h', '28.3.2026', '2026-02-30T09:00', '2026-03-28T25:00'])(
    'refuses "%s", and says what it takes',
    async (text) => {
      await expect(until(text)).rejects.toMatchObject({
        message: expect.stringContaining(`--until "${text}": expected a time such as 2026-11-24T09:00 or`),
        exitCode: 2,
      });
    },
  );

  test('says that a date needs a time', async () => {
    for (const date of ['2026-03-28', '2020-01-01']) {
      await expect(until(date)).rejects.toMatchObject({
        message: `--until "${date}": a date needs a time: ${date}T09:00`,
        exitCode: 2,
      });
    }
  });

  test.each(['0m', '2026-03-27T10:00:00Z', '2026-03-27T11:00', '2025-03-28T09:00'])(
    'refuses %s: it is not ahead',
    async (text) => {
      await expect(until(text)).rejects.toMatchObject({
        message: `--until "${text}": that is in the past: it is now Fri 2026-03-27 11:00 Europe/Berlin`,
        exitCode: 2,
      });
    },
  );

  test('refuses more than a year, and suggests a leash', async () => {
    expect(await until('366d')).toBe('2027-03-28T10:00:00.000Z');
    for (const text of ['367d', '999999w', '2027-03-28T12:01']) {
      await expect(until(text)).rejects.toMatchObject({
        message: expect.stringContaining('./chaos leash GROUP'),
        exitCode: 2,
      });
    }
  });
});
