import { describe, expect, test } from 'vitest';
import { undoText } from '#cli/render/strikes.ts';
import { experimentSlot } from '#core/model/experiment-slot.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { janitorRoleName } from '#target-role/names.ts';
import { aClaim } from '../../support/a-claim.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { anExperimentId, anExperimentRecord } from '../../support/an-experiment-record.ts';
import { anUndoEntry } from '../../support/an-undo-entry.ts';

const account = '222222222222';
const master = '111111111111';
const group = `${account}/eu-west-1/function/checkout`;
const undoRole = `arn:aws:iam::${account}:role/chaos-monkey-undo`;
const janitor = `arn:aws:iam::111111111111:role/${janitorRoleName}`;

/** A function that is throttled by a strike, whose deadline has not come. */
async function aThrottledFunction(
  account = '222222222222',
  { slot, runId }: { readonly slot: string; readonly runId: string } = aClaim(),
) {
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
  const entry = anUndoEntry({
    ...{ slot, runId, group },
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
  test('says whose fault it ends where an experiment is running, and ends it all the same', async () => {
    const [runId, slot] = [anExperimentId, experimentSlot(anExperimentId, 1, 'slow', 1)];
    const note = `./chaos experiment stop ${runId}`;
    const running = await aThrottledFunction(account, { slot, runId });
    await running.ledger.beginExperiment(anExperimentRecord());
    const { exitCode, notes } = await running.chaos('undo', running.entry.id);
    expect([exitCode, running.checkout.reserved]).toEqual([0, 50]);
    expect(notes).toContain(note);
    const stopped = await aThrottledFunction(account, { slot, runId });
    await stopped.ledger.beginExperiment(anExperimentRecord());
    const at = '2026-11-23T09:00:10.000Z';
    await stopped.ledger.stopExperiment(runId, { by: 'bob', reason: 'too loud', at });
    expect((await stopped.chaos('undo', '--all')).notes).not.toContain(note);
    // Nothing of it is running any more; or the strike is nobody's experiment.
    const over = await aThrottledFunction(account, { slot, runId });
    expect((await over.chaos('undo', '--all')).notes).not.toContain('experiment');
    const others = await aThrottledFunction();
    await others.ledger.beginExperiment(anExperimentRecord());
    expect((await others.chaos('undo', '--all')).notes).not.toContain('experiment');
  });

  test('has not undone what it cannot read, alone or among others', async () => {
    for (const isAmongOthers of [false, true]) {
      const { chaos, entry, sandbox } = await aThrottledFunction();
      const [table] = sandbox.account(master).region('eu-west-1').tables.values();
      const unreadable = 'f'.repeat(16);
      table?.put({ pk: { S: 'undo' }, sk: { S: unreadable }, group: { S: group }, state: { S: 'new' } });
      const asked = isAmongOthers ? [entry.id, unreadable] : [unreadable];
      const { exitCode, out } = await chaos('undo', ...asked);
      expect(exitCode).toBe(1);
      expect(out).toContain(`sk=${unreadable}`);
    }
    const { chaos, entry, sandbox } = await aThrottledFunction();
    const [table] = sandbox.account(master).region('eu-west-1').tables.values();
    table?.put({ pk: { S: 'undo' }, sk: { S: 'f'.repeat(16) }, group: { S: group }, state: { S: 'new' } });
    expect((await chaos('undo', entry.id)).exitCode).toBe(0);
  });

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

  test('says that the clock is wrong', () => {
    const failures = [{ stage: 'control', code: 'ClockSkewed', message: 'the clock is ahead' }] as const;
    const view = { paint: (_style: unknown, text: string) => text, timeZone: 'UTC', flags: '' };
    expect(undoText({ strikes: [], open: 1, failures }, view)).toContain('the clock is ahead');
  });

  test('refuses an account in which nothing is open, and which no configuration names', async () => {
    const { chaos, checkout } = await aThrottledFunction();
    const { exitCode, notes } = await chaos('undo', '--account', '999999999999');
    expect(exitCode).toBe(1);
    expect(notes).toContain('No strike is open in account 999999999999');
    expect(checkout.reserved).toBe(0);
  });

  test('says before it assumes any role that nothing is active', async () => {
    const { calls, ...deployment } = aDeployment();
    const chaos = aCli(deployment);
    expect(await chaos('undo', '--all')).toMatchObject({ exitCode: 0, out: 'No fault is active.' });
    expect(await chaos('undo', '--account', account)).toMatchObject({ exitCode: 0 });
    expect(calls.join()).not.toContain('AssumeRole');
  });

  test('fails while what was asked for waits for its run', async () => {
    const { chaos, ledger } = await aThrottledFunction();
    const reserved = anUndoEntry({ ...aClaim({ slot: 'another' }), locks: [], abandonedAfter: 4e12 });
    await ledger.claim({ ...aClaim({ slot: 'another' }), undo: reserved.id }, reserved);
    expect(await chaos('undo', '--all')).toMatchObject({ exitCode: 1 });
  });

  test.each([false, true])('closes only the strike that is named, under a stop: %s', async (isStopped) => {
    const { chaos, checkout, entry, ledger } = await aThrottledFunction();
    checkout.reserved = 7;
    await chaos('undo', '--all');
    const selfExpiry = { by: 'aws', at: '2026-11-23T09:05:01.000Z' } as const;
    const claim = aClaim({ slot: 'another' });
    const other = anUndoEntry({ ...claim, locks: [], state: 'contested', selfExpiry });
    await ledger.claim({ ...claim, undo: other.id }, other);
    if (isStopped) await ledger.setStop({ reason: 'r', by: 'b', at: '2026-11-23T09:00:00Z' });
    expect(await chaos('undo', entry.id, '--accept')).toMatchObject({ exitCode: 0 });
    expect((await ledger.openUndos()).found.map(({ id }) => id)).toEqual([other.id]);
  });

  test('says what is contested, what undoes it by hand, and how it is closed', async () => {
    const { chaos, checkout, entry } = await aThrottledFunction();
    checkout.reserved = 7;
    const { exitCode, out } = await chaos('undo', '--all');
    expect(exitCode).toBe(1);
    expect(out).toContain(`contested  ${entry.id}`);
    const listed = (await chaos('strikes', '--active')).out;
    expect(listed).toContain("nothing more is done to it by itself: what is there now is somebody else's");
    expect(listed).not.toContain('a schedule in its account');
    expect(out).toContain('aws lambda put-function-concurrency');
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

  test('closes what cannot be undone, and says which schedule may still fire', async () => {
    const { chaos, sandbox, entry, ledger } = await aThrottledFunction();
    sandbox.account(account).roles.delete(undoRole);
    const { out } = await chaos('undo', '--all');
    expect(out).toContain(`./chaos undo ${entry.id} --accept`);
    const accepted = await chaos('undo', entry.id, '--accept');
    expect(accepted.exitCode).toBe(0);
    expect(accepted.out).toMatch(new RegExp(`accepted  ${entry.id} .*: its schedule chaos-${entry.id} `));
    expect((await ledger.openUndos()).found).toEqual([]);
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

  test("leaves the source identity the caller's: STS refuses to replace one", async () => {
    const { transport, entry, ...deployment } = await aThrottledFunction();
    const assumed: unknown[] = [];
    const watched: typeof transport = (call) => {
      if (call.command === 'AssumeRoleCommand') assumed.push(call.input);
      return transport(call);
    };
    const chaos = aCli({ ...deployment, transport: watched });
    expect(await chaos('undo', entry.id)).toMatchObject({ exitCode: 0 });
    expect(assumed).toContainEqual(expect.objectContaining({ RoleArn: janitor }));
    expect(assumed).toContainEqual(expect.objectContaining({ RoleArn: undoRole }));
    for (const input of assumed) expect(input).not.toHaveProperty('SourceIdentity');
  });

  test('names the role that the caller may not assume', async () => {
    const { chaos, sandbox } = await aThrottledFunction();
    sandbox.account('111111111111').roles.delete(janitor);
    const { exitCode, notes } = await chaos('undo', '--all');
    expect(exitCode).toBe(1);
    expect(notes).toContain(janitor);
    expect(notes).toContain('AccessDenied');
  });

  test('suggests what finds the same deployment where the role cannot be assumed', async () => {
    const { chaos, sandbox, entry } = await aThrottledFunction();
    sandbox.account('111111111111').roles.delete(janitor);
    const place = ['--region', 'eu-west-1', '--table', 'chaos-monkey'];
    const { notes } = await chaos('undo', '--all', ...place);
    expect(notes).toContain(`./chaos strikes --active ${place.join(' ')}`);
    expect((await chaos('strikes', '--active', ...place)).out).toContain(entry.byHand[0]);
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
    [['nope'], '"nope" is not the id of a strike: 16 hex digits. To list them: ./chaos strikes'],
    [['3f9a1c2b4d5e6f70', 'nope'], '"nope" is not the id of a strike'],
    [['--all', '--accept'], '--accept needs the STRIKE'],
    [['--account', account, '--accept'], '--accept needs the STRIKE'],
    [['--all', 'feedfacefeedface'], 'Say one of'],
    [['--account', account, '--all'], 'Say one of'],
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
