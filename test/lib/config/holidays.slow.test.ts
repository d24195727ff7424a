import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const now = Date.parse('2026-11-23T12:00:00Z');

test("the dates of holidays are the same, whatever the machine's zone is", async () => {
  const code = `
    const { withHolidayDates } = await import(process.argv[1]);
    const calendar = { holidays: ['DE', 'US', 'NZ', 'AE', 'IL'].map((country) => ({ country })) };
    console.log(JSON.stringify(await withHolidayDates({ calendar, schedule: { timeZone: 'UTC' } }, ${now}, '')));`;
  const [utc, ...others] = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((TZ) =>
    execFileSync(
      process.execPath,
      ['--input-type=module', '-e', code, join(root, 'lib/config/holidays.ts')],
      {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      },
    ),
  );
  expect(JSON.parse(utc ?? '').holidayDates.days.length).toBeGreaterThan(200);
  expect(others).toEqual([utc, utc]);
});
