import { describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config.ts';
import { InvalidInput } from '#core/parse.ts';
import { faults } from '#faults/registry.ts';
import example from '../../chaos.config.ts';

const minimal = {
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: ['222222222222'],
  regions: ['eu-west-1'],
  externalId: 'chaos-test',
};

function mistakesOf(input: unknown): readonly string[] {
  try {
    parseConfig(input, faults);
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.mistakes.map(({ path, expected, found }) => `${path}: ${expected}, found ${found}`);
    }
    throw error;
  }
  throw new Error('the input was taken');
}

describe('parseConfig', () => {
  test('fills in the defaults: leashed, 1/6 a slot, weekdays from 9 to 16', () => {
    expect(parseConfig(minimal, faults)).toMatchObject({
      leashed: true,
      probability: 1 / 6,
      schedule: { timeZone: 'UTC', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '16:00' },
      tags: { optIn: { key: 'chaos:opt-in', value: 'true' } },
      faults: [{ name: 'ec2-terminate', parameters: { via: 'ec2' } }],
      notifications: { emails: [], quietRuns: false },
      accounts: [
        {
          id: '222222222222',
          regions: ['eu-west-1'],
          roleName: 'chaos-monkey-target',
          externalId: 'chaos-test',
        },
      ],
    });
  });

  test('gives an account what differs there', () => {
    const config = parseConfig(
      {
        ...minimal,
        accounts: ['222222222222', { id: '333333333333', regions: ['us-east-1'], roleName: 'other' }],
      },
      faults,
    );
    expect(config.accounts[1]).toEqual({
      id: '333333333333',
      regions: ['us-east-1'],
      roleName: 'other',
      externalId: 'chaos-test',
    });
  });

  test('reads what it wrote: a parsed configuration is a valid one, as it ships with the function', () => {
    const parsed = parseConfig(example, faults);
    expect(parseConfig(JSON.parse(JSON.stringify(parsed)), faults)).toEqual(parsed);
  });

  test('takes 1,000 accounts', () => {
    const accounts = Array.from({ length: 1_000 }, (_, index) => String(100_000_000_000 + index));
    expect(parseConfig({ ...minimal, accounts }, faults).accounts).toHaveLength(1_000);
  });

  test.each([
    ['an unknown key', { ...minimal, leash: true }, 'leash: unknown key, found true'],
    [
      'an unknown key in an account',
      { ...minimal, accounts: [{ id: '222222222222', region: 'eu-west-1' }] },
      'accounts[0].region: unknown key, found "eu-west-1"',
    ],
    [
      'an account id that lost its leading zero',
      { ...minimal, accounts: ['222222222222', '12345678901'] },
      'accounts[1]: expected a 12-digit account id, found "12345678901"',
    ],
    [
      'an account twice',
      { ...minimal, accounts: ['222222222222', { id: '222222222222' }] },
      'accounts: expected each account once',
    ],
    [
      'an account id without quotes',
      { ...minimal, accounts: [222222222222] },
      'accounts[0]: expected a 12-digit account id in quotes, or { id: ... }, found 222222222222',
    ],
    ['no accounts', { ...minimal, accounts: [] }, 'accounts: expected at least one account, found []'],
    [
      'a misspelt region',
      { ...minimal, regions: ['eu-wst1'] },
      'regions[0]: expected a region such as "eu-west-1", found "eu-wst1"',
    ],
    [
      'a misspelt time zone',
      { ...minimal, schedule: { timeZone: 'Europe/Berln' } },
      'schedule.timeZone: expected an IANA time zone such as "Europe/Berlin", found "Europe/Berln"',
    ],
    [
      'a time zone in another spelling',
      { ...minimal, schedule: { timeZone: 'europe/berlin' } },
      'schedule.timeZone: expected an IANA time zone such as "Europe/Berlin", found "europe/berlin"',
    ],
    [
      'a region of another partition',
      { ...minimal, regions: ['eu-west-1', 'cn-north-1'] },
      "regions: expected regions of the master's partition",
    ],
    [
      'a window that ends as it starts',
      { ...minimal, schedule: { from: '16:00', to: '16:00' } },
      'schedule.to: expected a time later on the same day than "from", found "16:00"',
    ],
    [
      'a probability in percent',
      { ...minimal, probability: 20 },
      'probability: expected a number from 0 to 1, found 20',
    ],
    [
      'a fault that does not exist',
      { ...minimal, faults: ['ec2-melt'] },
      'faults[0]: expected the name of a fault: ec2-reboot, ec2-stop, ec2-terminate, found "ec2-melt"',
    ],
    [
      'a fault with a bad parameter',
      { ...minimal, faults: [{ name: 'ec2-terminate', parameters: { via: 'ssh' } }] },
      'faults[0].parameters.via: expected "ec2" or "autoscaling", found "ssh"',
    ],
    [
      'a fault twice',
      { ...minimal, faults: ['ec2-stop', { name: 'ec2-stop' }] },
      'faults: expected each fault once, found ["ec2-stop",{"name":"ec2-stop"}]',
    ],
    [
      'a reserved tag key',
      { ...minimal, tags: { probability: 'aws:chance' } },
      'tags.probability: expected a tag key of 1 to 128 characters, not starting with "aws:", found "aws:chance"',
    ],
    [
      'one tag key for two things',
      { ...minimal, tags: { probability: 'chaos', faults: 'chaos' } },
      'tags: expected four different tag keys',
    ],
    [
      'a wildcard in a role name',
      { ...minimal, roleName: 'chaos-*' },
      'roleName: expected an IAM role name: 1 to 64 of letters, digits and _+=,.@-, found "chaos-*"',
    ],
    [
      'a wildcard in a parameter name',
      { ...minimal, notifications: { slack: { parameter: '/chaos/*' } } },
      'notifications.slack.parameter: expected the name of an SSM parameter, such as "/chaos/slack-webhook", found "/chaos/*"',
    ],
    ['not an object', [], '(root): expected object, found []'],
    ['nothing', undefined, '(root): expected object, found nothing'],
  ])('names %s by its path, what was expected and what was found', (_, input, mistake) => {
    expect(mistakesOf(input)).toEqual([expect.stringContaining(mistake)]);
  });

  test('names every mistake at once', () => {
    expect(mistakesOf({ ...minimal, probability: -1, leashed: 'no', externalId: '' })).toHaveLength(3);
  });
});
