import { describe, expect, test } from 'vitest';
import { rolesReader } from '#targets/roles/reader.ts';
import { aConfig } from '../../support/a-config.ts';
import { aRunContext, aSandboxWorld, monday } from '../../support/a-sandbox-world.ts';

const account = '222222222222';
const optIn = { 'chaos:opt-in': 'true' };
const trust = { principal: 'lambda.amazonaws.com' };
const hourMs = 60 * 60_000;

function aWorldOfRoles() {
  const config = aConfig({
    accounts: [account],
    regions: ['eu-west-1', 'eu-central-1'],
    faults: ['iam-deny'],
    iamRoles: ['checkout', 'orders', 'nobody'],
  });
  const world = aSandboxWorld(config, { readers: [rolesReader] });
  const inAccount = world.sandbox.account(account);
  const lastUsedAt = monday - 2 * hourMs;
  const checkout = inAccount.role({ name: 'checkout', path: '/shop/', trust, tags: optIn, lastUsedAt });
  inAccount.role({ name: 'orders', trust, tags: { 'chaos:opt-in': 'false' } });
  inAccount.role({ name: 'unnamed', trust, tags: optIn });
  return { ...world, config, inAccount, checkout };
}

describe('roles', () => {
  test('are seen once, in the first region, if the configuration names them and they have opted in', async () => {
    const { fleet, config, calls } = aWorldOfRoles();
    const { value, failures } = await fleet.survey(config.accounts, aRunContext(), (group) => group);
    expect(failures).toEqual([]);
    expect(value.seen).toMatchObject([
      {
        key: `${account}/eu-west-1/role/checkout`,
        arn: `arn:aws:iam::${account}:role/shop/checkout`,
        tags: optIn,
      },
    ]);
    expect(calls.filter(({ action }) => action === 'iam:GetRole').map(({ region }) => region)).toEqual([
      'us-east-1',
      'us-east-1',
      'us-east-1',
    ]);
  });

  test('are found by name, opted in or not, named in the configuration or not', async () => {
    const { fleet } = aWorldOfRoles();
    const places = ['eu-west-1', 'eu-central-1'].map((region) => ({ account, region }));
    const found = async (name: string) => [...(await fleet.find(places, name, aRunContext())).value.keys()];
    expect(await found('orders')).toEqual([`${account}/eu-west-1/role/orders`]);
    expect(await found('unnamed')).toEqual([`${account}/eu-west-1/role/unnamed`]);
    expect(await found('nobody')).toEqual([]);
  });

  test('are inspected and observed as they are now', async () => {
    const { fleet, config, inAccount, checkout } = aWorldOfRoles();
    const { value } = await fleet.survey(config.accounts, aRunContext(), (group) => group);
    const inspection = async () => [...(await fleet.inspect(value.seen, aRunContext())).value.values()];
    expect(await inspection()).toMatchObject([{ group: { name: 'checkout' }, unusedMs: 2 * hourMs }]);
    checkout.lastUsedAt = undefined;
    expect(await inspection()).toMatchObject([{ group: { name: 'checkout' }, unusedMs: undefined }]);
    inAccount.roles.delete(checkout.arn);
    expect(await inspection()).toMatchObject([{ group: undefined }]);
  });
});
