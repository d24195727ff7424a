import { describe, expect, test } from 'vitest';
import { undoScheduleGroup } from '#core/permissions/schedule-statements.ts';
import { janitorRoleName } from '#target-role/names.ts';
import { aClaim } from '../../support/a-claim.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { anUndoEntry } from '../../support/an-undo-entry.ts';

const account = '222222222222';
const master = '111111111111';
const group = `${account}/eu-west-1/function/checkout`;
const undoRole = `arn:aws:iam::${account}:role/chaos-monkey-undo`;
const janitor = `arn:aws:iam::111111111111:role/${janitorRoleName}`;

/** A function that is throttled by a strike, whose deadline has not come. */
async function aThrottledFunction(account = '222222222222') {
  const group = `${account}/eu-west-1/function/checkout`;
  const arn = `arn:aws:lambda:eu-west-1:${account}:function:checkout`;
  const undoRole = `arn:aws:iam::${account}:role/chaos-monkey-undo`;
  const deployment = aDeployment();
  const { sandbox, ledger } = deployment;
  sandbox
    .account('111111111111')
    .role({ name: janitorRoleName, trust: { principal: 'arn:aws:iam::111111111111:role/ops' } });
  const target = sandbox.account(account);
  target.role({
    name: 'chaos-monkey-undo',
    trust: { principal: [janitor, 'scheduler.amazonaws.com'], externalId: 'shared-with-master' },
  });
  const region = target.region('eu-west-1');
  region.schedules.addGroup(undoScheduleGroup);
  const checkout = region.functions.add({ name: 'checkout', reserved: 0 });
  const { slot, runId } = aClaim();
  const entry = anUndoEntry({
    group,
    target: {
      ...{ kind: 'lambda-function', id: 'checkout', account, region: 'eu-west-1', group },
      ...{ arns: { function: arn }, facts: {} },
    },
    role: { arn: undoRole, externalId: 'shared-with-master', optInKey: 'chaos:opt-in' },
    state: 'active',
    activeAt: '2026-11-23T09:00:02.000Z',
    saved: { before: 50, ours: 0 },
  });
  const claim = aClaim({ slot, runId, group, target: entry.target, fault: entry.fault, undo: entry.id });
  await ledger.claim(claim, entry);
  await ledger.begin(claim);
  await ledger.settle(claim, { outcome: 'succeeded', detail: '' });
  return { ...deployment, checkout, entry, chaos: aCli(deployment) };
}

describe('chaos undo', () => {
  test('undoes one strike as the janitor, without any function', async () => {
    const { chaos, checkout, entry, ledger } = await aThrottledFunction();
    const { exitCode, out } = await chaos('undo', entry.id);
    expect(out).toContain(`undone  ${entry.id}  lambda-concurrency on checkout  ${group}`);
    expect(out).toContain('No fault is active any more.');
    expect(exitCode).toBe(0);
    expect(checkout.reserved).toBe(50);
    expect((await ledger.openUndos()).found).toEqual([]);
  });

  test.each([
    [['--all']],
    [['--account', account]],
    [['--all', '--region', 'eu-west-1', '--table', 'chaos-monkey']],
  ])('undoes with %j', async (args) => {
    const { chaos, checkout } = await aThrottledFunction();
    expect(await chaos('undo', ...args, '--json')).toMatchObject({ exitCode: 0 });
    expect(checkout.reserved).toBe(50);
  });

  test('leaves those of other accounts alone', async () => {
    const { chaos, checkout } = await aThrottledFunction();
    expect(await chaos('undo', '--account', '333333333333')).toMatchObject({ exitCode: 0 });
    expect(checkout.reserved).toBe(0);
  });

  test('says what is contested, what undoes it by hand, and how it is closed', async () => {
    const { chaos, checkout, entry } = await aThrottledFunction();
    checkout.reserved = 7;
    const { exitCode, out } = await chaos('undo', '--all');
    expect(exitCode).toBe(1);
    expect(out).toContain(`contested  ${entry.id}`);
    expect(out).toContain(entry.byHand[0]);
    expect(out).toContain(`./chaos undo ${entry.id} --accept`);
    expect(await chaos('undo', entry.id, '--accept')).toMatchObject({ exitCode: 0 });
    expect(checkout.reserved).toBe(7);
  });

  test('says what undoes it by hand where it cannot', async () => {
    const { chaos, sandbox, entry } = await aThrottledFunction();
    sandbox.account(account).roles.delete(undoRole);
    const { exitCode, out } = await chaos('undo', '--all');
    expect(exitCode).toBe(1);
    expect(out).toMatch(new RegExp(`NOT UNDONE +${entry.id}`));
    expect(out).toContain(entry.byHand[0]);
  });

  test("uses no rights of the caller in the master's own account either", async () => {
    const { chaos, checkout, entry, sandbox } = await aThrottledFunction(master);
    const { roles } = sandbox.account(master);
    const role = roles.get(entry.role.arn);
    roles.delete(entry.role.arn);
    expect(await chaos('undo', '--all')).toMatchObject({ exitCode: 1 });
    expect(checkout.reserved).toBe(0);
    if (role !== undefined) roles.set(entry.role.arn, role);
    expect(await chaos('undo', '--all')).toMatchObject({ exitCode: 0 });
    expect(checkout.reserved).toBe(50);
  });

  test('names the role that the caller may not assume', async () => {
    const { chaos, sandbox } = await aThrottledFunction();
    sandbox.account('111111111111').roles.delete(janitor);
    const { exitCode, notes } = await chaos('undo', '--all');
    expect(exitCode).toBe(1);
    expect(notes).toContain(janitor);
  });

  test('names a strike that is not open, and touches nothing', async () => {
    const { chaos, checkout } = await aThrottledFunction();
    const { exitCode, notes } = await chaos('undo', 'feedfacefeedface');
    expect(exitCode).toBe(1);
    expect(notes).toContain('No open strike is named feedfacefeedface');
    expect(checkout.reserved).toBe(0);
  });

  test.each([
    [[], 'Say what to undo'],
    [['--account', '42'], '12-digit'],
  ])('with %j is bad usage', async (args, why) => {
    const { exitCode, notes } = await aCli({ transport: noAws })('undo', ...args);
    expect(exitCode).toBe(2);
    expect(notes).toContain(why);
  });
});

describe('chaos strikes', () => {
  test('lists what is active, how it ends, and what has ended', async () => {
    const { chaos, entry, ledger } = await aThrottledFunction();
    const { out, exitCode } = await chaos('strikes');
    expect(exitCode).toBe(0);
    expect(out).toContain(`${entry.id}  active  lambda-concurrency on checkout  ${group}`);
    expect(out).toContain('a schedule in its account ends it at');
    expect(out).toContain('./chaos undo --all');
    await chaos('undo', '--all');
    const after = await chaos('strikes');
    expect(after.out).toContain('No fault is active.');
    expect(after.out).toContain(`${entry.id}  undone`);
    expect((await chaos('strikes', '--active')).out).not.toContain(entry.id);
    expect((await ledger.endedUndos(1)).found).toHaveLength(1);
  });

  test('prints them as JSON', async () => {
    const { chaos, entry } = await aThrottledFunction();
    const { out } = await chaos('strikes', '--active', '--json');
    expect(JSON.parse(out)).toEqual({ active: [JSON.parse(JSON.stringify(entry))] });
  });
});
