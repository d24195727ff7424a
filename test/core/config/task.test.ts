import { describe, expect, test } from 'vitest';
import { parseTask } from '#core/config/task.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { aConfig } from '../../support/a-config.ts';

const config = aConfig();
const parsed = (input: unknown) => parseTask(input, config, faults);

describe('parseTask', () => {
  test('a request without a task is for a run', () => {
    expect(parsed({})).toEqual({ task: 'run', request: { dryRun: true, force: false } });
    expect(parsed({ dryRun: false, groups: ['web'] })).toMatchObject({
      request: { dryRun: false, groups: ['web'] },
    });
  });

  test.each([
    [{ task: 'verify' }, { task: 'verify' }],
    [{ task: 'plan' }, { task: 'plan', days: 1 }],
    [
      { task: 'plan', date: '2026-11-23', days: 31 },
      { task: 'plan', date: '2026-11-23', days: 31 },
    ],
    [
      { task: 'plan', date: '2000-01-01' },
      { task: 'plan', date: '2000-01-01', days: 1 },
    ],
    [
      { task: 'plan', date: '2100-12-31' },
      { task: 'plan', date: '2100-12-31', days: 1 },
    ],
    [
      { task: 'explain', group: 'web' },
      { task: 'explain', group: 'web' },
    ],
    [
      { task: 'explain', group: 'web', account: '222222222222', region: 'eu-west-1' },
      { task: 'explain', group: 'web', account: '222222222222', region: 'eu-west-1' },
    ],
    [{ task: 'groups' }, { task: 'groups' }],
    [
      { task: 'replay', runId: '20261123T090000Z-3f9a1c2b' },
      { task: 'replay', runId: '20261123T090000Z-3f9a1c2b' },
    ],
  ])('%j is one', (input, task) => {
    expect(parsed(input)).toEqual(task);
  });

  test('a date that is none is one mistake', () => {
    expect(() => parsed({ task: 'plan', date: 'tomorrow' })).toThrow(
      expect.objectContaining({ mistakes: [expect.objectContaining({ path: 'date' })] }),
    );
  });

  test.each([
    [
      'no task there is',
      { task: 'strike' },
      'task: expected verify, plan, explain, groups or replay; a run has no task, found "strike"',
    ],
    ['run by name', { task: 'run' }, 'a run has no task'],
    ['undefined', { task: undefined }, 'a run has no task'],
    ['a run’s key beside it', { task: 'verify', dryRun: false }, 'dryRun: unknown key'],
    [
      'a date that is none',
      { task: 'plan', date: '2026-02-30' },
      'date: expected a date such as "2026-11-23"',
    ],
    [
      'a date out of reach',
      { task: 'plan', date: '9999-12-31', days: 2 },
      'date: expected a date from 2000-01-01 to 2100-12-31, found "9999-12-31"',
    ],
    ['a date a day out of reach', { task: 'plan', date: '2101-01-01' }, 'to 2100-12-31, found "2101-01-01"'],
    ['a date long past', { task: 'plan', date: '1999-12-31' }, 'date: expected a date from 2000-01-01'],
    ['a time for a date', { task: 'plan', date: '2026-11-23T09:00:00Z' }, 'date: expected a date'],
    ['no day', { task: 'plan', days: 0 }, 'days: expected a number of days from 1 to 31, found 0'],
    ['32 days', { task: 'plan', days: 32 }, 'days: expected a number of days from 1 to 31, found 32'],
    ['half a day', { task: 'plan', days: 0.5 }, 'days: expected a number of days from 1 to 31'],
    ['no group', { task: 'explain' }, 'group: expected the name or the key of a group, found nothing'],
    [
      'an account that is none',
      { task: 'explain', group: 'web', account: '1' },
      'account: expected a 12-digit account id',
    ],
    [
      'a run id that is none',
      { task: 'replay', runId: '3f9a1c2b' },
      'runId: expected the id of a run such as "20261123T090000Z-3f9a1c2b"',
    ],
    ['no run id', { task: 'replay' }, 'runId: expected the id of a run'],
  ])('refuses %s', (_, input, message) => {
    expect(() => parsed(input)).toThrow(InvalidInput);
    expect(() => parsed(input)).toThrow(/^request is not valid:/);
    expect(() => parsed(input)).toThrow(message);
  });

  test.each(['strike!', null, 7, []])('%j is a run request that is not valid', (input) => {
    expect(() => parsed(input)).toThrow(/run request is not valid/);
  });
});
