import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { Transport } from '#aws/clients/transport.ts';
import { stopExperimentByAwsCli } from '#core/messages/stop-by-aws-cli.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { anExperimentDeployment, anExperimentFolder } from '../../support/an-experiment-deployment.ts';
import { anExperimentRecord, anExperimentId as id } from '../../support/an-experiment-record.ts';

const { cwd, remove } = anExperimentFolder();
afterAll(remove);
afterEach(() => {
  vi.useRealTimers();
});

const by = 'arn:aws:sts::111111111111:assumed-role/ops/ann';
const reason = 'checkout is on fire';
const at = '2026-11-23T09:00:20.000Z';
const stopIt = ['experiment', 'stop', id, '--reason', reason];
const lastResort = (table = 'chaos-monkey') =>
  stopExperimentByAwsCli({ region: 'eu-west-1', table, id, reason });

/** An experiment that runs with a fault in place, which the janitor undoes and after which it ends. */
async function aRunningExperiment() {
  const deployment = anExperimentDeployment();
  const { ledger, janitor, putInPlace } = deployment;
  await ledger.beginExperiment(anExperimentRecord());
  const entry = await putInPlace(id);
  const undo = () => ledger.endUndo(entry, 'undone', at);
  const end = () => ledger.endExperiment(id, { verdict: 'aborted', why: `stop by ${by}`, at });
  janitor.round = async () => {
    await undo();
    await end();
  };
  return { ...deployment, entry, undo, end };
}

describe('chaos experiment stop', () => {
  test('sets the stop, has the janitor undo its faults, and says what it came to', async () => {
    const { ledger, orders, ...aws } = await aRunningExperiment();
    const { exitCode, out } = await aCli({ ...aws, cwd })(...stopIt);
    expect(out).toBe(
      `STOPPED. ${id} ended as aborted: stop by ${by}\nIts report: ./chaos experiment report ${id}`,
    );
    expect(exitCode).toBe(0);
    expect((await ledger.experiment(id))?.stop).toEqual({ by, reason, at: '2026-11-23T09:00:00.000Z' });
    expect(orders).toEqual([{ run: id }]);
  });

  test('prints what became of it as JSON', async () => {
    const { out } = await aCli({ ...(await aRunningExperiment()), cwd })(...stopIt, '--json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ id, region: 'eu-west-1', table: 'chaos-monkey', inPlace: [] },
      ...{ stop: { by, reason }, ended: { verdict: 'aborted' } },
    });
  });

  test('needs neither configuration nor stack when it is told region and table', async () => {
    const { ledger, calls, ...aws } = await aRunningExperiment();
    const place = ['--region', 'eu-west-1', '--table', 'chaos-monkey'];
    expect(await aCli({ ...aws, cwd: '/' })(...stopIt, ...place)).toMatchObject({ exitCode: 0 });
    expect((await ledger.experiment(id))?.stop).toMatchObject({ by });
    expect(calls.join()).not.toContain('CloudFormation');
  });

  test('stops the only one that runs', async () => {
    const { ledger, ...aws } = await aRunningExperiment();
    const { exitCode } = await aCli({ ...aws, cwd })('experiment', 'stop');
    expect(exitCode).toBe(0);
    expect((await ledger.experiment(id))?.stop).toMatchObject({ reason: 'no reason given' });
  });

  test('lists those that run where there are several, and stops none', async () => {
    const { ledger, orders, ...aws } = await aRunningExperiment();
    const other = anExperimentRecord({ id: '20261123T090100Z-00000002', title: 'What if it fails?' });
    await ledger.beginExperiment(other);
    const { exitCode, notes } = await aCli({ ...aws, cwd })('experiment', 'stop');
    expect(exitCode).toBe(2);
    expect(notes).toContain('NOT STOPPED. Say which: ./chaos experiment stop ID');
    for (const one of [`${id}  What if listImages`, `${other.id}  ${other.title}, by alice`]) {
      expect(notes).toContain(one);
    }
    expect((await ledger.runningExperiments()).found.map(({ stop }) => stop)).toEqual([undefined, undefined]);
    expect(orders).toEqual([]);
  });

  test.each([
    [[], 'No experiment is running in AWS. One with --sandbox is stopped by Ctrl-C'],
    [[id], `There is no experiment ${id} in table chaos-monkey. Those that run: ./chaos experiment status`],
  ])('says that there is none: %j', async (args, words) => {
    const { exitCode, notes } = await aCli({ ...anExperimentDeployment(), cwd })(
      'experiment',
      'stop',
      ...args,
    );
    expect(notes).toContain(`NOT STOPPED. ${words}`);
    expect(notes).not.toContain('aws dynamodb');
    expect(exitCode).toBe(2);
  });

  test.each([[['nope']], [[id, '--reason', ' ']], [[id, '--region', '']]])(
    'with %j is bad usage, and asks nobody',
    async (args) => {
      expect(await aCli({ cwd, transport: noAws })('experiment', 'stop', ...args)).toMatchObject({
        exitCode: 2,
      });
    },
  );

  test('is done as soon as nothing of it is in place: the verdict may take longer', async () => {
    const { janitor, undo, clock, ...aws } = await aRunningExperiment();
    janitor.round = undo;
    const before = clock.now();
    const { exitCode, out } = await aCli({ ...aws, clock, cwd })(...stopIt);
    expect(out).toContain('STOPPED. Nothing of it is in place. It still measures the recovery');
    expect(out).toContain(`./chaos experiment status ${id}`);
    expect(exitCode).toBe(0);
    expect(clock.now() - before).toBe(5_000);
  });

  test('takes nothing in place for undone only after what it was about to inject would be seen', async () => {
    const { ledger, putInPlace, clock, ...aws } = anExperimentDeployment();
    await ledger.beginExperiment(anExperimentRecord());
    let sleeps = 0;
    const sleep = async (ms: number) => {
      sleeps += 1;
      if (sleeps === 3) await putInPlace(id);
      return clock.sleep(ms);
    };
    const watched = { now: () => clock.now(), sleep };
    const { exitCode, out } = await aCli({ ...aws, clock: watched, cwd })(...stopIt);
    expect(out).toContain('NOT UNDONE: 1 fault of it may be in place.');
    expect(exitCode).toBe(1);
  });

  test('says after a minute what is still in place, and what undoes it by hand', async () => {
    const { janitor, entry, ledger, clock, ...aws } = await aRunningExperiment();
    janitor.round = async () => {};
    const before = clock.now();
    const { exitCode, out } = await aCli({ ...aws, clock, cwd })(...stopIt);
    expect(out).toContain('NOT UNDONE: 1 fault of it may be in place.');
    expect(out).toContain(`in place: ${entry.id}`);
    expect(out).toContain(`./chaos undo ${entry.id}`);
    expect(out).toContain('./chaos strikes --active');
    expect(exitCode).toBe(1);
    expect(clock.now() - before).toBe(60_000);
    expect((await ledger.experiment(id))?.stop).toMatchObject({ by });
  });

  test('is loud about one whose undo has failed', async () => {
    const { janitor, ledger, ...aws } = await aRunningExperiment();
    janitor.round = () => ledger.endExperiment(id, { verdict: 'undo-failed', why: 'AWS refuses', at });
    const { exitCode, out } = await aCli({ ...aws, cwd })(...stopIt);
    expect(out).toMatch(/^NOT UNDONE: 1 fault.*ended as undo-failed: AWS refuses/);
    expect(exitCode).toBe(1);
  });

  test('has nothing to do for one that is over', async () => {
    const { undo, end, orders, ...aws } = await aRunningExperiment();
    await undo();
    await end();
    const { exitCode, out } = await aCli({ ...aws, cwd })(...stopIt);
    expect(out).toContain(`It was over: nothing was left to stop. ${id} ended as aborted`);
    expect({ exitCode, orders }).toEqual({ exitCode: 0, orders: [] });
  });

  test('is a stop although the janitor cannot be started', async () => {
    const { transport, undo, ...aws } = await aRunningExperiment();
    const refused: Transport = async (call) => {
      if (call.command !== 'InvokeCommand') return transport(call);
      // The engine has read the stop meanwhile.
      await undo();
      throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    };
    const { exitCode, out, notes } = await aCli({ ...aws, transport: refused, cwd })(...stopIt);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^STOPPED/);
    expect(notes).toContain('chaos_janitor could not be started');
  });

  test('needs no answer of STS', async () => {
    const { transport, ledger, ...aws } = await aRunningExperiment();
    const withoutSts: Transport = async (call) => {
      if (call.client === 'STSClient') throw new Error('STS is down');
      return transport(call);
    };
    expect(await aCli({ ...aws, transport: withoutSts, cwd })(...stopIt)).toMatchObject({ exitCode: 0 });
    expect((await ledger.experiment(id))?.stop).toMatchObject({ by: 'an unknown caller' });
  });

  test('says of credentials of another account that they are', async () => {
    const { transport, ...aws } = anExperimentDeployment();
    const elsewhere: Transport = async (call) =>
      call.command === 'GetCallerIdentityCommand'
        ? { Account: '999999999999', Arn: 'arn:aws:iam::999999999999:user/ann' }
        : transport(call);
    const chaos = aCli({ ...aws, transport: elsewhere, cwd });
    expect((await chaos(...stopIt)).notes).toContain('Your credentials are for account 999999999999');
    await aws.ledger.beginExperiment(anExperimentRecord());
    const { exitCode, out, notes } = await chaos('experiment', 'stop');
    expect(out).toMatch(/^STOPPED/);
    expect(notes).toContain('WRONG ACCOUNT? Your credentials are for account 999999999999');
    expect(exitCode).toBe(1);
  });
});

test('a usage error says that nothing was stopped, and does not lead to the stop of everything alone', async () => {
  const { exitCode, notes } = await aCli({ cwd, transport: noAws })('experiment', 'stop', id, '--now');
  expect(notes).toContain('NOT STOPPED. To stop it: ./chaos experiment stop ID; everything: ./chaos stop');
  expect(exitCode).toBe(2);
});

describe('chaos experiment stop, where a call fails', () => {
  const refused = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } };
  const lost = { name: 'TimeoutError' };

  /** Makes every call fail from the `nth` on. One that is lost has had its effect. */
  async function failingFrom(nth: number, error: object) {
    const { transport, ledger, clock } = await aRunningExperiment();
    let count = 0;
    const failing: Transport = async (call) => {
      count += 1;
      if (count < nth) return transport(call);
      if (error === lost) await transport(call);
      throw Object.assign(new Error('failed'), error);
    };
    const ended = await aCli({ transport: failing, clock, cwd })(...stopIt);
    return { ...ended, count, stop: (await ledger.experiment(id))?.stop };
  }

  const cases = Array.from({ length: 12 }, (_, index) => index + 1).flatMap(
    (nth) =>
      [
        [nth, refused],
        [nth, lost],
      ] as const,
  );
  test.each(cases)('from call %i on, with %j: never says what is not so', async (nth, error) => {
    const { exitCode, out, notes, stop, count } = await failingFrom(nth, error);
    const said = `${notes}\n${out}`;
    if (count < nth) return expect(exitCode).toBe(0);
    if (said.includes('NOT STOPPED')) expect(stop).toBeUndefined();
    if (out.startsWith('STOPPED')) expect(stop).toBeDefined();
    if (exitCode !== 0) expect(said).toMatch(/NOT STOPPED|NOT KNOWN|NOT UNDONE/);
    if (stop === undefined) expect(said).toContain('aws dynamodb update-item');
    // A stop that is set, and of which nobody says so, would be set again, which does no harm; the opposite would.
    if (exitCode === 0) expect(stop).toBeDefined();
  });

  test.each([
    ['CloudFormationClient', 'NOT STOPPED.', 'TABLE'],
    ['DynamoDBClient TransactWriteItemsCommand', 'NOT KNOWN whether it is stopped.', 'chaos-monkey'],
  ])('by not being answered: %s', async (held, words, table) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { transport, clock } = await aRunningExperiment();
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const holding: Transport = async (call) => {
      if (!`${call.client} ${call.command}`.startsWith(held)) return transport(call);
      resolve();
      return new Promise(() => {});
    };
    const said: string[] = [];
    const chaos = aCli({ transport: holding, clock, cwd, onNote: (text) => said.push(text) });
    const ended = chaos(...stopIt);
    await asked;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said.join('\n')).toContain(`Not stopped yet. To stop it without waiting:\n  ${lastResort(table)}`);
    await vi.advanceTimersByTimeAsync(15_000);
    const { exitCode, out, notes } = await ended;
    expect(notes).toContain(`error: ${words} Gave up after 20 s.`);
    expect(notes).toContain(lastResort(table));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  });

  test('and is interrupted while it waits: the stop is set all the same', async () => {
    const { janitor, ledger, clock, ...aws } = await aRunningExperiment();
    janitor.round = async () => {};
    let interrupt = () => {};
    const chaos = aCli({
      ...aws,
      cwd,
      clock: { now: () => clock.now(), sleep: async () => interrupt() },
      onInterrupt: (listener) => {
        interrupt = () => listener('SIGINT');
        return () => {};
      },
    });
    const { exitCode, out } = await chaos(...stopIt);
    expect(out).toContain('The stop is set');
    expect(exitCode).toBe(1);
    expect((await ledger.experiment(id))?.stop).toBeDefined();
  });
});

test('chaos experiment stop never stands for the stop of everything', async () => {
  const { ledger, ...aws } = await aRunningExperiment();
  const chaos = aCli({ ...aws, cwd });
  expect(await chaos('--region=eu-west-1', ...stopIt)).toMatchObject({ exitCode: 0 });
  expect(await chaos('--profile', 'default', 'experiment', 'stop', id)).toMatchObject({ exitCode: 0 });
  expect((await ledger.experiment(id))?.stop).toMatchObject({ reason });
  expect(await ledger.stop()).toBeUndefined();
});
