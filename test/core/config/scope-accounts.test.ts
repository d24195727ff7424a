import { describe, expect, test } from 'vitest';
import { scopeAccounts } from '#core/config/scope-accounts.ts';
import { aConfig } from '../../support/a-config.ts';

const { accounts } = aConfig({
  accounts: ['222222222222', { id: '333333333333', regions: ['us-east-1'], roleName: 'other' }],
  regions: ['eu-west-1', 'us-east-1'],
});
const places = (asked: Parameters<typeof scopeAccounts>[0]) =>
  scopeAccounts(asked, accounts).map(({ id, regions }) => [id, ...regions].join(' '));

describe('scopeOf', () => {
  test('is the whole configuration where a request names nothing', () => {
    expect(scopeAccounts({}, accounts)).toEqual(accounts);
  });

  test.each([
    [{ accounts: ['222222222222'] }, ['222222222222 eu-west-1 us-east-1']],
    [{ regions: ['us-east-1'] }, ['222222222222 us-east-1', '333333333333 us-east-1']],
    // An account that has none of the regions is not swept at all.
    [{ regions: ['eu-west-1'] }, ['222222222222 eu-west-1']],
    [{ accounts: ['333333333333'], regions: ['eu-west-1'] }, []],
    [{ accounts: ['999999999999'] }, []],
  ])('%o leaves %j', (asked, left) => {
    expect(places(asked)).toEqual(left);
  });

  test('accounts keep what is theirs', () => {
    expect(scopeAccounts({ accounts: ['333333333333'] }, accounts)[0]).toMatchObject({ roleName: 'other' });
  });
});
