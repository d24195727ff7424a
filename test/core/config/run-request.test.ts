import { describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import { parseRequest } from '#core/config/run-request.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';

const config = parseConfig(
  {
    master: { account: '111111111111', region: 'eu-west-1' },
    accounts: ['111111111111', { id: '222222222222', regions: ['us-east-1'] }],
    regions: ['eu-west-1'],
    externalId: 'chaos-test',
    faults: ['ec2-terminate', 'ec2-stop'],
  },
  faults,
);

const mistakeOf = (path: string, expected: string) =>
  expect.objectContaining({ path, expected: expect.stringContaining(expected) });

describe('parseRequest', () => {
  test('an empty request is a dry run over everything', () => {
    expect(parseRequest({}, config, faults)).toEqual({ dryRun: true, force: false });
  });

  test('takes all of its keys', () => {
    const request = {
      dryRun: false,
      accounts: ['111111111111', '222222222222'],
      regions: ['eu-west-1', 'us-east-1'],
      groups: ['web', '222222222222/us-east-1/asg/api'],
      fault: { name: 'ec2-terminate', parameters: { via: 'autoscaling' } },
      force: true,
      slot: '2026-11-23T09:00:00Z',
    };
    expect(parseRequest(request, config, faults)).toEqual(request);
  });

  test('a fault lasts no longer than the configuration allows', () => {
    const lasting = parseConfig(
      {
        master: { account: '111111111111', region: 'eu-west-1' },
        ...{ accounts: ['222222222222'], regions: ['eu-west-1'], externalId: 'x-1234' },
        ...{ faults: ['cpu-burn'], maxFaultMinutes: 10 },
      },
      faults,
    );
    const asked = (minutes: number) =>
      parseRequest({ fault: { name: 'cpu-burn', parameters: { minutes } } }, lasting, faults);
    expect(asked(10).fault?.parameters).toMatchObject({ minutes: 10 });
    for (const beyond of [0, 61, 1_000]) {
      expect(() => asked(beyond)).toThrow(`expected 1 to 10 minutes (maxFaultMinutes), found ${beyond}`);
    }
    expect(() => asked(11)).toThrow(
      'fault.parameters.minutes: expected 1 to 10 minutes (maxFaultMinutes), found 11',
    );
  });

  test("a fault by its name alone has the configuration's parameters, and its defaults where it says otherwise", () => {
    const viaGroup = { name: 'ec2-terminate', parameters: { via: 'autoscaling' } };
    const configured = { ...config, faults: [viaGroup] };
    expect(parseRequest({ fault: 'ec2-terminate' }, configured, faults).fault).toEqual(viaGroup);
    const explicit = { name: 'ec2-terminate', parameters: {} };
    expect(parseRequest({ fault: explicit }, configured, faults).fault?.parameters).toEqual({ via: 'ec2' });
  });

  test('brings a slot to UTC and whole seconds, so that one moment is one slot', () => {
    expect(parseRequest({ slot: '2026-11-23T10:00:00.123+01:00' }, config, faults).slot).toBe(
      '2026-11-23T09:00:00Z',
    );
  });

  test('a mistake is named once, and not again by what follows from it', () => {
    expect.assertions(1);
    try {
      parseRequest({ accounts: ['999999999999'] }, config, faults);
    } catch (error) {
      expect(error instanceof InvalidInput && error.mistakes.map(({ path }) => path)).toEqual([
        'accounts[0]',
      ]);
    }
  });

  test.each([
    ['an unknown key', { dryrun: false }, 'dryrun', 'unknown key'],
    ['an account outside the configuration', { accounts: ['999999999999'] }, 'accounts[0]', 'configuration'],
    ['a malformed account', { accounts: ['1'] }, 'accounts[0]', '12-digit'],
    ['a region outside the configuration', { regions: ['ap-south-1'] }, 'regions[0]', 'configuration'],
    [
      'a region that none of the accounts asked for has',
      { accounts: ['222222222222'], regions: ['eu-west-1'] },
      'regions',
      'for these accounts',
    ],
    ['one region outside a list', { regions: 'eu-west-1' }, 'regions', 'expected a list of regions'],
    [
      'more accounts than are configured',
      { accounts: ['111111111111', '111111111111', 'x'] },
      'accounts',
      'at most 2 accounts',
    ],
    ['more regions than are configured', { regions: ['x', 'y', 'z'] }, 'regions', 'at most 2 regions'],
    ['no regions at all', { regions: [] }, 'regions', 'at least one region'],
    ['one group outside a list', { groups: 'web' }, 'groups', 'expected a list of groups'],
    ['no groups at all', { groups: [] }, 'groups', 'at least one group'],
    [
      'more groups than anybody lists',
      { groups: Array.from({ length: 101 }, (_, n) => `web-${n}`) },
      'groups',
      'at most 100 groups',
    ],
    ['a name longer than any group has', { groups: ['x'.repeat(301)] }, 'groups[0]', 'name or the key'],
    [
      'one account outside a list',
      { accounts: '111111111111' },
      'accounts',
      'expected a list of account ids',
    ],
    ['no accounts at all', { accounts: [] }, 'accounts', 'at least one account'],
    ['a fault that is not enabled', { fault: 'ec2-reboot' }, 'fault', 'enables: ec2-terminate, ec2-stop'],
    [
      'a fault that does not exist',
      { fault: 'nope' },
      'fault',
      'the configuration enables: ec2-terminate, ec2-stop',
    ],
    ['a slot without a zone', { slot: '2026-11-23T09:00:00' }, 'slot', 'moment'],
    ['a slot that is no date', { slot: '2026-02-30T09:00:00Z' }, 'slot', 'moment'],
    ['a slot before the year 0', { slot: '0000-01-01T00:00:00+01:00' }, 'slot', '2000-01-01'],
    ['a slot after the year 9999', { slot: '9999-12-31T23:59:59-01:00' }, 'slot', '2100-12-31'],
    ['a slot of an early year', { slot: '0001-01-01T00:00:00Z' }, 'slot', '2000-01-01'],
    ['a slot with a year of five digits', { slot: '+020026-11-23T09:00:00Z' }, 'slot', 'moment'],
    ['a dry run in words', { dryRun: 'false' }, 'dryRun', 'expected true or false'],
    ['a number for a flag', { force: 1 }, 'force', 'true or false'],
    ['a text', 'strike!', '(root)', 'object'],
    ['null', null, '(root)', 'object'],
  ])('refuses %s', (_, input, path, expected) => {
    const attempt = () => parseRequest(input, config, faults);
    expect(attempt).toThrow(InvalidInput);
    expect(attempt).toThrow(expect.objectContaining({ mistakes: [mistakeOf(path, expected)] }));
  });

  test.each([
    [{ regions: ['eu-wset-1'] }, 'eu-west-1'],
    [{ accounts: ['111111111112'] }, '111111111111'],
    [{ fault: 'ec2-stpo' }, 'ec2-stop'],
  ])('of %j it is told what was meant', (input, didYouMean) => {
    expect(() => parseRequest(input, config, faults)).toThrow(
      expect.objectContaining({ mistakes: [expect.objectContaining({ didYouMean })] }),
    );
  });

  test.each([
    ['dryrun', 'dryRun'],
    ['dry_run', 'dryRun'],
    ['target_accounts', 'accounts'],
    ['asg_group_name', 'groups'],
    ['faults', 'fault'],
    ['region', 'regions'],
    ['strike', undefined],
  ])('for the unknown key %s points to %s', (key, meant) => {
    expect.assertions(1);
    try {
      parseRequest({ [key]: [] }, config, faults);
    } catch (error) {
      expect((error as InvalidInput).mistakes.map(({ didYouMean }) => didYouMean)).toEqual([meant]);
    }
  });
});
