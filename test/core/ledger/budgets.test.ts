import { describe, expect, test } from 'vitest';
import { budgetText, listBudgets, readApp } from '#core/ledger/budgets.ts';
import { aBudget } from '../../support/a-claim.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';

const target = { account: '222222222222', region: 'eu-west-1', group: aGroup().key };
const monday = '2026-11-23';

describe('listBudgets', () => {
  test('is one unverified strike of the group, and of its app, where nothing is configured', () => {
    expect(listBudgets(target, 'shop', monday, aConfig())).toEqual([
      { scope: 'app', of: 'shop', over: 'unverified', max: 1 },
      { scope: 'group', of: target.group, over: 'unverified', max: 1 },
    ]);
  });

  test('are those of the day and then those of open strikes, widest first', () => {
    const limits = { organization: 5, account: 4, region: 3, app: 2, group: 1 };
    const config = aConfig({ budgets: { perDay: limits, unverified: limits } });
    const expected = [
      { scope: 'organization', of: '', max: 5 },
      { scope: 'account', of: '222222222222', max: 4 },
      { scope: 'region', of: 'eu-west-1', max: 3 },
      { scope: 'app', of: 'shop', max: 2 },
      { scope: 'group', of: target.group, max: 1 },
    ];
    expect(listBudgets(target, 'shop', monday, config)).toEqual([
      ...expected.map((budget) => ({ ...budget, over: monday })),
      ...expected.map((budget) => ({ ...budget, over: 'unverified' })),
    ]);
  });

  test('counts each group that is hit, in each of its own, and an app once', () => {
    const config = aConfig({ budgets: { perDay: { organization: 5, account: 4 } } });
    const { account, region } = target;
    const others = [
      { group: 'other', account, region, app: 'shop' },
      { group: 'far', account: '333333333333', region: 'us-east-1', app: undefined },
    ];
    expect(listBudgets(target, 'shop', monday, config, others)).toEqual([
      { scope: 'organization', of: '', over: monday, max: 5, count: 3 },
      { scope: 'account', of: account, over: monday, max: 4, count: 2 },
      { scope: 'app', of: 'shop', over: 'unverified', max: 1 },
      { scope: 'group', of: target.group, over: 'unverified', max: 1 },
      { scope: 'group', of: 'other', over: 'unverified', max: 1 },
      { scope: 'account', of: '333333333333', over: monday, max: 4 },
      { scope: 'group', of: 'far', over: 'unverified', max: 1 },
    ]);
  });

  test('a group without an app is counted by none', () => {
    const config = aConfig({ budgets: { perDay: { app: 2 } } });
    expect(listBudgets(target, undefined, monday, config).map(({ scope }) => scope)).toEqual(['group']);
  });

  test('none at all is a budget as well', () => {
    const config = aConfig({ budgets: { perDay: { organization: 0 } } });
    expect(listBudgets(target, undefined, monday, config)[0]).toMatchObject({
      scope: 'organization',
      max: 0,
    });
  });
});

describe('readApp', () => {
  test.each([
    [{ 'chaos:app': 'shop' }, 'shop'],
    [{ 'chaos:app': '' }, undefined],
    [{}, undefined],
  ])('%j is %s', (tags, app) => {
    expect(readApp({ tags }, aConfig())).toBe(app);
  });
});

describe('budgetText', () => {
  test.each([
    [{ max: 5 }, '5 strikes on 2026-11-23 for the organization'],
    [{ max: 0 }, '0 strikes on 2026-11-23 for the organization'],
    [{ scope: 'app', of: 'shop', over: 'unverified', max: 2 }, '2 unverified strikes at a time for app shop'],
    [{ scope: 'account', of: '222222222222', max: 1 }, '1 strike on 2026-11-23 for account 222222222222'],
    [
      { scope: 'region', of: 'eu-west-1', over: 'unverified', max: 1 },
      '1 unverified strike at a time for region eu-west-1',
    ],
    [
      { scope: 'group', of: target.group, over: 'unverified', max: 1 },
      '1 unverified strike at a time for group 222222222222/eu-west-1/asg/web',
    ],
  ] as const)('%o is "%s"', (budget, text) => {
    expect(budgetText(aBudget(budget))).toBe(text);
  });
});
