import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCli, noAws } from '../../support/a-cli.ts';
import { fixedClock } from '../../support/a-world.ts';
import configInput from '../../support/cli-folder/chaos.config.ts';

const clock = fixedClock('2026-11-23T09:00:00Z');
const chaos = aCli({ transport: noAws, clock });
const asked = ['simulate', '--mean', '5', '--min', '3', '--days', '200'];

describe('chaos simulate', () => {
  test('simulates one group, from the beginning of the year, with nothing deployed', async () => {
    const { exitCode, out, notes } = await chaos(...asked, '--json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ schemaVersion: 1, meanDays: 5, minDays: 3, seed: '1', groups: 1, workDays: 200, groupDays: 200 },
      from: '2026-01-01',
    });
    expect(notes).toBe('Based on the schedule, the calendar and the budgets of chaos.config.ts.');
    expect(exitCode).toBe(0);
  });

  test('tells the mean gap first, and how sure it is', async () => {
    const { out } = await chaos(...asked, '--groups', '30');
    expect(out).toMatch(
      /^200 work days of 30 groups, 2026-01-01 to 2026-10-07\nmon, .* UTC, every 60 minutes; seed 1\n\nMean gap {2}[45]\.\d{3} work days, 95 % from \d\.\d{3} to \d\.\d{3} \(requested: 5, at least 3: [+-]\d\.\d\d %\)\n/,
    );
    expect(out).toMatch(
      /\nGroup-days without a strike\n {2}not-drawn +\d,\d{3} {2}\d\d\.\d %\n {2}min-days /,
    );
  });

  test('has a shortest gap of 1 unless another is asked for', async () => {
    const { out } = await chaos('simulate', '--mean', '5', '--days', '20', '--json');
    expect(JSON.parse(out)).toMatchObject({ meanDays: 5, minDays: 1, probability: null });
  });

  test('simulates a chance in each slot', async () => {
    const { out } = await chaos('simulate', '--probability', '1/4', '--days', '20', '--groups', '5');
    expect(out).toMatch(/Mean gap {2}\d\.\d{3} slots, .* \(requested: 0\.25 in each slot, which is 4\.000: /);
  });

  test("takes the configuration's rate when none is asked for, and says so", async () => {
    const { out, notes } = await chaos('simulate', '--days', '20', '--json');
    expect(JSON.parse(out)).toMatchObject({ meanDays: null, minDays: null, probability: 1 / 6 });
    expect(notes).toBe('Based on the rate, the schedule, the calendar and the budgets of chaos.config.ts.');
  });

  test.each([
    [['--min', '3'], '--min requires --mean'],
    [['--mean', '5', '--probability', '0.5'], 'cannot be used with option'],
    [['--probability', '7/6'], 'Expected a number above 0 and up to 1'],
    [['--probability', '0'], 'Expected a number above 0 and up to 1'],
    [['--probability', '1/0'], 'Expected a number above 0 and up to 1'],
    [
      ['--mean', '5', '--days', '1001', '--groups', '100000'],
      'That is 100,100,000 draws, expected at most 100,000,000',
    ],
  ])('refuses %j', async (options, message) => {
    const { exitCode, out, notes } = await chaos('simulate', '--days', '9', ...options);
    expect(notes).toContain(message);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test('says how far it has come, once it takes longer than two seconds', async () => {
    let now = Date.parse('2026-11-23T09:00:00Z');
    // Each look at the clock is a second later.
    const slow = { ...clock, now: () => (now += 1_000) };
    const { progress } = await aCli({ transport: noAws, clock: slow })(
      ...['simulate', '--mean', '2', '--days', '50', '--groups', '2'],
    );
    expect(progress[0]).toBe('4 % of 50 work days, about 48 s left');
    // Every ten seconds where there is no screen.
    expect(progress.length).toBeLessThan(8);
  });

  test('is the same each time, and another with another seed', async () => {
    const [one, again, other] = [
      await chaos(...asked, '--json'),
      await chaos(...asked, '--json', '--seed', '1'),
      await chaos(...asked, '--json', '--seed', '2'),
    ];
    expect(again?.out).toBe(one?.out);
    expect(JSON.parse(other?.out ?? '').byHour).not.toEqual(JSON.parse(one?.out ?? '').byHour);
  });
});

describe('chaos simulate, with other configurations', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chaos-simulate-'));
    const schedule = { days: ['sat'], from: '22:00', to: '23:00', everyMinutes: 30 };
    const calendar = { holidays: [{ country: 'DE' }] };
    const write = (name: string, changes: object) =>
      writeFile(join(folder, name), `export default ${JSON.stringify({ ...configInput, ...changes })};`);
    await write('saturday.ts', { schedule });
    await write('holidays.ts', { calendar });
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('goes by their schedule', async () => {
    const { out } = await chaos(...asked, '--json', '--config', join(folder, 'saturday.ts'));
    const { byWeekday, byHour } = JSON.parse(out);
    expect(byWeekday).toMatchObject([{ weekday: 'sat', groupDays: 200 }]);
    expect(byHour).toMatchObject([{ hour: 22 }]);
  });

  test('says how many days holidays are known for', async () => {
    const { exitCode, out, notes } = await chaos(
      ...['simulate', '--mean', '5', '--min', '3', '--days', '5000', '--config', join(folder, 'holidays.ts')],
    );
    expect(notes).toMatch(
      /days: expected at most \d{3,4}: holidays are known until \d{4}-12-31; take more groups, found 5000/,
    );
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });
});
