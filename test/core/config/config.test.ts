import { describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { ChannelConfigs } from '#notify/registry.ts';
import example from '../../support/example/chaos.config.ts';

const minimal = {
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: ['222222222222'],
  regions: ['eu-west-1'],
  externalId: 'chaos-test',
};

describe('parseConfig', () => {
  test('fills in the defaults: leashed, 1/6 a slot, weekdays from 9 to 16', () => {
    expect(parseConfig(minimal, faults)).toMatchObject({
      leashed: true,
      maxFaultMinutes: 15,
      rate: { probability: 1 / 6 },
      schedule: { timeZone: 'UTC', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '16:00' },
      tags: { optIn: { key: 'chaos:opt-in', value: 'true' } },
      faults: [{ name: 'ec2-terminate', parameters: { via: 'ec2' } }],
      notifications: { emails: [], quietRuns: false },
      metrics: false,
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

  test.each([...faults.values()].filter(({ lasts }) => lasts).map(({ name }) => [name]))(
    'allows no %s that lasts longer than the configuration says, and none that lasts longer than an hour',
    (name) => {
      const chosen = (minutes: number, maxFaultMinutes?: number) =>
        parseConfig(
          {
            ...minimal,
            faults: [{ name, parameters: { minutes } }],
            ...(maxFaultMinutes && { maxFaultMinutes }),
          },
          faults,
        );
      expect(() => chosen(15)).not.toThrow();
      expect(() => chosen(16)).toThrow(/minutes: expected 1 to 15 minutes \(maxFaultMinutes\), found 16/);
      expect(() => chosen(60, 60)).not.toThrow();
      expect(() => chosen(61, 60)).toThrow(/minutes/);
    },
  );

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
      iamRoles: [],
    });
  });

  test('names roles that may be struck for all accounts, or for one; by default none', () => {
    const accounts = ['222222222222', { id: '333333333333', iamRoles: ['orders', 'stock'] }];
    const rolesOf = (more: object) =>
      parseConfig({ ...minimal, accounts, ...more }, faults).accounts.map(({ iamRoles }) => iamRoles);
    expect(rolesOf({})).toEqual([[], ['orders', 'stock']]);
    expect(rolesOf({ iamRoles: ['checkout'] })).toEqual([['checkout'], ['orders', 'stock']]);
    expect(() => rolesOf({ iamRoles: ['checkout', 'checkout'] })).toThrow(/checkout is there twice/);
    expect(() => rolesOf({ iamRoles: ['service-role/checkout'] })).toThrow(/an IAM role name/);
  });

  test('enables no fault by default whose permissions are wide', () => {
    const enabled = parseConfig(minimal, faults).faults.map(({ name }) => name);
    const wide = [...faults.values()].filter((fault) => fault.wide !== undefined);
    expect(wide.map(({ name }) => name).sort()).toEqual([
      ...['api-cors', 'dynamodb-deny', 'dynamodb-throttle', 'lambda-configure', 'lambda-deny'],
      ...['lambda-event-source-off', 's3-deny', 'sns-deny', 'sqs-deny'],
    ]);
    expect(wide.filter(({ name }) => enabled.includes(name))).toEqual([]);
  });

  test('reads what it wrote: a parsed configuration is a valid one, as it ships with the function', () => {
    const parsed = parseConfig(example, faults);
    expect(parseConfig(JSON.parse(JSON.stringify(parsed)), faults)).toEqual(parsed);
  });

  test('guards, limits and waits by default, and asks nothing of the outside world', () => {
    expect(parseConfig(minimal, faults)).toMatchObject({
      guards: {
        minHealthy: 1,
        minInstanceAgeMinutes: 15,
        minGroupAgeMinutes: 60,
        cooldownMinutes: 0,
        scaleInProtected: 'spare',
      },
      budgets: { perDay: {}, unverified: { app: 1, group: 1 } },
      gates: { alarms: { organization: [], account: [] }, changeCalendars: [], fisSafetyLever: false },
      recovery: { withinMinutes: 30 },
      calendar: { holidays: [], daysOff: [], freezes: [] },
      tags: {
        meanDays: 'chaos:mean-days',
        minDays: 'chaos:min-days',
        minHealthy: 'chaos:min-healthy',
        app: 'chaos:app',
        alarm: 'chaos:alarm',
      },
      notifications: { dailyPlan: false },
    });
  });

  test('a rate in days allows every day, unless it says otherwise', () => {
    const rate = (input: object) => parseConfig({ ...minimal, rate: input }, faults).rate;
    expect(rate({ meanDays: 5 })).toEqual({ meanDays: 5, minDays: 1 });
    expect(rate({ meanDays: 2.5, minDays: 2 })).toEqual({ meanDays: 2.5, minDays: 2 });
    expect(rate({ meanDays: 3, minDays: 3 })).toEqual({ meanDays: 3, minDays: 3 });
  });

  test('what is given in part keeps the other defaults', () => {
    const config = parseConfig(
      {
        ...minimal,
        guards: { minHealthy: '66.7%' },
        budgets: { perDay: { organization: 0 }, unverified: { group: 2, account: 4 } },
        gates: { alarms: { account: ['errors'] } },
      },
      faults,
    );
    expect(config.guards).toMatchObject({ minHealthy: '66.7%', minGroupAgeMinutes: 60 });
    expect(config.budgets).toEqual({
      perDay: { organization: 0 },
      unverified: { app: 1, group: 2, account: 4 },
    });
    expect(config.gates).toMatchObject({ alarms: { organization: [], account: ['errors'] } });
  });

  const full = {
    ...minimal,
    rate: { meanDays: 5, minDays: 2 },
    guards: { minHealthy: '50%', minInstanceAgeMinutes: 5, scaleInProtected: 'strike' },
    budgets: { perDay: { organization: 5, region: 2 }, unverified: { organization: 1 } },
    gates: {
      alarms: { organization: ['errors'], account: ['latency'] },
      changeCalendars: ['releases', 'arn:aws:ssm:eu-west-1:111111111111:document/audits'],
      fisSafetyLever: true,
    },
    recovery: { withinMinutes: 10 },
    tags: { app: 'team:app', alarm: 'team:alarm' },
    calendar: {
      holidays: [{ country: 'DE', region: 'BE' }],
      daysOff: [{ date: '2026-12-24', name: 'Company holiday' }],
      freezes: [{ from: '2026-12-18T17:00', to: '2026-12-31', reason: 'peak season', groups: ['pay-*'] }],
    },
    notifications: { dailyPlan: true },
  };

  test.each([
    ['all defaults', minimal],
    ['every key', full],
    ['a probability', { ...full, rate: { probability: 0.5 } }],
  ])('a parsed configuration of %s is a valid one, and parses to itself', (_, input) => {
    const parsed = parseConfig(input, faults);
    expect(parseConfig(JSON.parse(JSON.stringify(parsed)), faults)).toEqual(parsed);
  });

  test('channels are kept where they are checked, and passed over where they have been', () => {
    const written = { ...minimal, notifications: { slack: { parameter: '/chaos/slack' }, quietRuns: true } };
    const read = parseConfig(written, faults, 'chaos.config.ts', ChannelConfigs);
    expect(read.notifications).toEqual({ emails: [], dailyPlan: false, ...written.notifications });
    expect(parseConfig(read, faults).notifications).toEqual({
      emails: [],
      dailyPlan: false,
      quietRuns: true,
    });
  });

  test('takes 1,000 accounts', () => {
    const accounts = Array.from({ length: 1_000 }, (_, index) => String(100_000_000_000 + index));
    expect(parseConfig({ ...minimal, accounts }, faults).accounts).toHaveLength(1_000);
  });
});
