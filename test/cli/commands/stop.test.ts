import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Transport } from '#aws/clients/transport.ts';
import { stopByAwsCli } from '#core/messages/stop-by-aws-cli.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aDeployment, cliConfig } from '../../support/a-deployment.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chaos-stop-'));
  await writeFile(
    join(folder, 'half.config.ts'),
    "export default { master: { region: 'eu-west-1' }, leash: 7 };",
  );
  await writeFile(
    join(folder, 'account.config.ts'),
    "export default { master: { account: '111111111111', region: 'eu-west-1' }, leash: 7 };",
  );
  await writeFile(join(folder, 'broken.config.ts'), 'throw new Error("broken");');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  vi.useRealTimers();
});

/** A deployment that is reached with credentials of an account that the configuration does not know. */
function elsewhere() {
  const { transport, ...rest } = aDeployment();
  const answer: Transport = async (call) =>
    call.command === 'GetCallerIdentityCommand'
      ? { Account: '999999999999', Arn: 'arn:aws:iam::999999999999:user/ann' }
      : transport(call);
  return { ...rest, transport: answer };
}

const unreadable = ['--config', 'broken.config.ts', '--region', 'eu-west-1', '--table', 'chaos-monkey'];

describe.each(['resume', 'status'])('chaos %s', (command) => {
  test('refuses credentials of another account than the configured, and asks nothing there', async () => {
    const { calls, ledger, ...aws } = elsewhere();
    await ledger.setStop({ reason, by, at: '2026-11-23T08:00:00.000Z' });
    const { exitCode, out, notes } = await aCli(aws)(command);
    expect(notes).toMatch(new RegExp(`^error: ${accounts}\n  Use credentials of 111111111111, or `));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(calls).toEqual([]);
    expect(await ledger.stop()).toMatchObject({ reason });
  });

  test('compares accounts even where the rest of the configuration is not valid', async () => {
    const { exitCode, notes } = await aCli({ ...elsewhere(), cwd: folder })(
      ...[command, '--config', 'account.config.ts'],
    );
    expect(notes).toContain(accounts);
    expect(exitCode).toBe(1);
  });

  test('compares nothing when it is told the place and the configuration cannot be read', async () => {
    const { exitCode, notes } = await aCli({ ...elsewhere(), cwd: folder })(command, ...unreadable);
    expect(notes).not.toContain('999999999999');
    expect(exitCode).toBe(0);
  });
});

const by = 'arn:aws:sts::111111111111:assumed-role/ops/ann';
const reason = 'Black Friday';
const accounts =
  'Your credentials are for account 999999999999, but the configuration names 111111111111 as the master account.';

describe('chaos stop', () => {
  test('has the janitor undo active faults at once, where it is deployed', async () => {
    const aws = aDeployment(cliConfig, { janitor: 'chaos_janitor' });
    const { exitCode, out, notes } = await aCli(aws)('stop', '--region', 'eu-west-1');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^STOPPED/);
    expect(notes).toContain('chaos_janitor is undoing active faults now.');
    expect(notes).toContain('./chaos strikes --active --region eu-west-1');
    expect(aws.calls.at(-1)).toBe('LambdaClient InvokeCommand');
  });

  test('is a stop although the janitor cannot be started, and says what helps', async () => {
    const { transport, ...aws } = aDeployment(cliConfig, { janitor: 'chaos_janitor' });
    const refused: Transport = async (call) => {
      if (call.command !== 'InvokeCommand') return transport(call);
      throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    };
    const { exitCode, out, notes } = await aCli({ ...aws, transport: refused })('stop');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^STOPPED/);
    expect(notes).toContain('not authorized');
    expect(notes).toContain('./chaos undo --all');
    expect(await aws.ledger.stop()).toBeDefined();
  });

  test('sets the stop with reason, caller and time', async () => {
    const { ledger, ...aws } = aDeployment();
    const { exitCode, out } = await aCli(aws)('stop', '--reason', reason);
    expect(await ledger.stop()).toEqual({ reason, by, at: '2026-11-23T09:00:00.000Z' });
    expect(out).toBe(
      `STOPPED. No new strikes will start (table chaos-monkey in eu-west-1, account 111111111111).
Strikes already claimed may finish within about 15 seconds.
No stop was set before.
To resume: ./chaos resume`,
    );
    expect(exitCode).toBe(0);
  });

  test('shows the stop that it replaces', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setStop({ reason: 'sale', by: 'bob', at: '2026-11-23T08:00:00.000Z' });
    const { exitCode, out } = await aCli(aws)('stop', '--reason', reason);
    expect(out).toContain('This replaces: "sale", by bob at Mon 2026-11-23 08:00 UTC');
    expect(await ledger.stop()).toMatchObject({ reason, by });
    expect(exitCode).toBe(0);
  });

  test('stops even without permission to read the previous stop', async () => {
    const { ledger, transport, clock } = aDeployment();
    const withoutReading: Transport = async (call) => {
      if (call.command === 'GetItemCommand') throw new Error('not allowed');
      return transport(call);
    };
    const { exitCode, out } = await aCli({ transport: withoutReading, clock })('stop', '--reason', reason);
    expect(out).toContain('It may have replaced an earlier stop.');
    expect(await ledger.stop()).toMatchObject({ reason, by });
    expect(exitCode).toBe(0);
  });

  test('stops what it finds in another account than the configured, says so loudly, and ends with 1', async () => {
    const { ledger, ...aws } = elsewhere();
    const { exitCode, out, notes } = await aCli(aws)('stop', '--reason', reason);
    expect(await ledger.stop()).toMatchObject({ reason });
    expect(out).toContain('STOPPED. No new strikes will start (table chaos-monkey in eu-west-1, account 9');
    expect(notes).toContain(`WRONG ACCOUNT? ${accounts}`);
    expect(notes).toContain('The deployment in 111111111111 is NOT STOPPED.');
    expect(exitCode).toBe(1);
  });

  test('ignores mistakes elsewhere in the configuration', async () => {
    const { ledger, ...aws } = aDeployment();
    const config = join(folder, 'half.config.ts');
    const { exitCode } = await aCli(aws)('stop', '--reason', reason, '--config', config);
    expect(exitCode).toBe(0);
    expect(await ledger.stop()).toMatchObject({ reason });
  });

  test('stops in a folder with two configurations, when it is told the region', async () => {
    const { ledger, ...aws } = aDeployment();
    const both = await mkdtemp(join(folder, 'both-'));
    for (const name of ['chaos.config.ts', 'chaos.config.yaml']) await writeFile(join(both, name), '');
    const { exitCode } = await aCli({ ...aws, cwd: both })('stop', '--region', 'eu-west-1');
    expect(exitCode).toBe(0);
    expect(await ledger.stop()).toMatchObject({ by });
  });

  test('names what to pass when the configuration cannot be read at all', async () => {
    const config = join(folder, 'broken.config.ts');
    const { exitCode, notes } = await aCli({ transport: noAws })('stop', '--config', config);
    expect(exitCode).toBe(2);
    expect(notes).toContain(
      `error: NOT STOPPED. ${config} cannot be loaded: broken, so the region of the deployed monkey is unknown.\n` +
        '  Pass it to skip the configuration: --region REGION [--table TABLE]\n',
    );
    expect(notes).toContain(stopByAwsCli({ reason: 'no reason given' }));
    expect(notes).toMatch(/aws lambda put-function-concurrency .* --region REGION$/);
  });

  test('takes the region of the environment when the configuration cannot be read, and says so', async () => {
    const { ledger, ...aws } = aDeployment();
    const chaos = aCli({ ...aws, cwd: folder, env: { AWS_REGION: 'eu-west-1' } });
    const { exitCode, notes } = await chaos('stop', '--config', 'broken.config.ts');
    expect(notes).toContain('Using the region from AWS_REGION: eu-west-1');
    expect(await ledger.stop()).toMatchObject({ by });
    expect(exitCode).toBe(0);
  });

  test.each([
    [[], 'no reason given'],
    [['now'], 'now'],
    [['help'], 'help'],
    [['checkout', 'is', 'on', 'fire'], 'checkout is on fire'],
    [['--reason', ''], 'no reason given'],
    [['--reason'], 'no reason given'],
    [['--reason', 'checkout', 'is on fire'], 'checkout is on fire'],
    [['--reason', '\u001b[31m a\r\nb\u0000'], '[31m a b'],
    [['--', 'as', 'said'], 'as said'],
    [['x'.repeat(600)], `${'x'.repeat(497)}...`],
  ])('stops whatever is typed: %j', async (args, recorded) => {
    const { ledger, ...aws } = aDeployment();
    const { exitCode, out, notes } = await aCli(aws)('stop', ...args);
    expect(await ledger.stop()).toMatchObject({ reason: recorded, by });
    expect(out).toMatch(/^STOPPED\./);
    expect(notes).toBe(recorded.endsWith('...') ? 'The reason was truncated to 500 characters.' : '');
    expect(exitCode).toBe(0);
  });

  test.each([
    [['--reson', 'sale'], '--reson', 'sale'],
    [['-f', '--now', 'sale'], '-f --now', 'sale'],
    [['--version'], '--version', 'no reason given'],
    [['--regoin=us-east-1', 'sale'], '--regoin=us-east-1', 'sale'],
  ])(
    'stops in spite of options that there are not, names them, and ends with 1: %j',
    async (args, unknown, recorded) => {
      const { ledger, ...aws } = aDeployment();
      const { exitCode, out, notes } = await aCli(aws)('stop', ...args);
      expect(await ledger.stop()).toMatchObject({ reason: recorded });
      expect(out).toMatch(/^STOPPED\./);
      expect(notes).toContain(`NOT UNDERSTOOD: ${unknown}. The stop is set anyway, in eu-west-1`);
      expect(exitCode).toBe(1);
    },
  );

  test.each([
    [['--table', 'chaos-monkey', 'stop', 'sale'], 'sale'],
    [['--reason', 'sale', 'STOP'], 'sale'],
    [['--stop'], 'no reason given'],
  ])('stops wherever the command stands, and however it is written: %j', async (args, recorded) => {
    const { ledger, ...aws } = aDeployment();
    const { exitCode, out } = await aCli(aws)(...args);
    expect(await ledger.stop()).toMatchObject({ reason: recorded });
    expect(out).toMatch(/^STOPPED\./);
    expect(exitCode).toBe(0);
  });

  test('prints what was stopped as JSON', async () => {
    const { ledger, ...aws } = aDeployment();
    const before = { reason: 'sale', by: 'bob', at: '2026-11-23T08:00:00.000Z' };
    await ledger.setStop(before);
    const { out } = await aCli(aws)('stop', reason, '--json');
    expect(JSON.parse(out)).toEqual({
      stopped: true,
      table: 'chaos-monkey',
      region: 'eu-west-1',
      account: '111111111111',
      stop: { reason, by, at: '2026-11-23T09:00:00.000Z' },
      replaced: before,
    });
  });

  test('does not read the configuration when it is told the region', async () => {
    const { ledger, ...aws } = aDeployment();
    await writeFile(
      join(folder, 'marking.config.ts'),
      `import { writeFileSync } from 'node:fs';
writeFileSync(new URL('marked', import.meta.url), '');
export default { master: { region: 'eu-west-1' } };`,
    );
    const config = join(folder, 'marking.config.ts');
    await aCli(aws)('stop', '--region', 'eu-west-1', '--config', config);
    expect(await ledger.stop()).toMatchObject({ by });
    expect(existsSync(join(folder, 'marked'))).toBe(false);
    await aCli(aws)('stop', '--config', config);
    expect(existsSync(join(folder, 'marked'))).toBe(true);
  });

  test.each([
    ['AccessDeniedException', { $metadata: { httpStatusCode: 400 } }, 'NOT STOPPED.'],
    ['ECONNREFUSED', { code: 'ECONNREFUSED' }, 'NOT STOPPED.'],
    ['TimeoutError', {}, 'NOT KNOWN whether it is stopped.'],
    [
      'InternalServerError',
      { $metadata: { httpStatusCode: 500 }, $fault: 'server' },
      'NOT KNOWN whether it is stopped.',
    ],
  ])('says what %s of the write leaves open', async (name, more, words) => {
    const { transport, clock } = aDeployment();
    const failing: Transport = async (call) => {
      if (call.command === 'UpdateItemCommand') throw Object.assign(new Error(name), { name, ...more });
      return transport(call);
    };
    const { exitCode, notes } = await aCli({ transport: failing, clock })('stop', reason);
    expect(notes).toContain(`error: ${words} Could not set the stop.`);
    expect(notes).toContain(stopByAwsCli({ region: 'eu-west-1', table: 'chaos-monkey', reason }));
    expect(notes.includes('See: ./chaos status --region eu-west-1 --table chaos-monkey')).toBe(
      words.startsWith('NOT KNOWN'),
    );
    expect(exitCode).toBe(1);
  });

  test('says that it is not known when a lost answer is followed by a refusal', async () => {
    const { transport, clock } = aDeployment();
    let attempts = 0;
    const failing: Transport = async (call) => {
      if (call.command !== 'UpdateItemCommand') return transport(call);
      attempts += 1;
      throw attempts === 1
        ? Object.assign(new Error('lost'), { name: 'TimeoutError', $retryable: {} })
        : Object.assign(new Error('no'), {
            name: 'AccessDeniedException',
            $metadata: { httpStatusCode: 400 },
          });
    };
    const { notes } = await aCli({ transport: failing, clock })('stop', reason);
    expect(attempts).toBe(2);
    expect(notes).toContain('error: NOT KNOWN whether it is stopped.');
  });

  test.each([
    ['CloudFormationClient', 'NOT STOPPED. Interrupted.', 'TABLE'],
    ['DynamoDBClient GetItemCommand', 'NOT STOPPED. Interrupted.', 'chaos-monkey'],
    ['DynamoDBClient UpdateItemCommand', 'NOT KNOWN whether it is stopped. Interrupted.', 'chaos-monkey'],
  ])('is interrupted while %s is not answered', async (held, words, table) => {
    const { transport, clock } = aDeployment();
    let interrupt = () => {};
    const holding: Transport = async (call) => {
      if (!`${call.client} ${call.command}`.startsWith(held)) return transport(call);
      interrupt();
      return new Promise(() => {});
    };
    const chaos = aCli({
      transport: holding,
      clock,
      onInterrupt: (listener) => {
        interrupt = () => listener('SIGINT');
        return () => {};
      },
    });
    const { exitCode, out, notes } = await chaos('stop', reason);
    expect(notes).toContain(`error: ${words}`);
    expect(notes).toContain(stopByAwsCli({ region: 'eu-west-1', table, reason }));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  });

  test.each([
    ['CloudFormationClient', 'NOT STOPPED.', 'TABLE'],
    ['DynamoDBClient UpdateItemCommand', 'NOT KNOWN whether it is stopped.', 'chaos-monkey'],
  ])(
    'ends 20 s after its beginning while %s is not answered, with other means after 5',
    async (held, words, table) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const { transport, clock } = aDeployment();
      const { promise: asked, resolve } = Promise.withResolvers<void>();
      const holding: Transport = async (call) => {
        if (!`${call.client} ${call.command}`.startsWith(held)) return transport(call);
        resolve();
        return new Promise(() => {});
      };
      const said: string[] = [];
      const ended = aCli({ transport: holding, clock, onNote: (text) => said.push(text) })('stop', reason);
      await asked;
      const other = stopByAwsCli({ region: 'eu-west-1', table, reason });
      await vi.advanceTimersByTimeAsync(4_999);
      expect(said.join('\n')).not.toContain(other);
      await vi.advanceTimersByTimeAsync(1);
      expect(said.join('\n')).toContain(
        `Not stopped yet. To stop it without waiting, use the aws CLI with credentials of account 111111111111:\n  ${other}`,
      );
      await vi.advanceTimersByTimeAsync(15_000);
      const { exitCode, out, notes } = await ended;
      expect(notes).toContain(`error: ${words} Gave up after 20 s.`);
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    },
  );

  test('looks for the table no more than once when CloudFormation is slow, and so ends in time', async () => {
    const { transport, clock } = aDeployment();
    const slow: Transport = async (call) => {
      if (call.client !== 'CloudFormationClient') return transport(call);
      await clock.sleep(10_000);
      throw Object.assign(new Error('late'), { name: 'TimeoutError', $retryable: {} });
    };
    const begun = clock.now();
    const { notes } = await aCli({ transport: slow, clock })('stop', reason);
    expect(notes).toContain('error: NOT STOPPED. Could not look for the stack');
    expect(clock.now() - begun).toBe(10_000);
  });

  test('needs neither configuration nor stack when it is told region and table', async () => {
    const { ledger, calls, ...aws } = aDeployment();
    const { exitCode } = await aCli({ ...aws, cwd: folder })('stop', '--reason', reason, ...unreadable);
    expect(exitCode).toBe(0);
    expect(await ledger.stop()).toMatchObject({ reason, by });
    expect(calls.filter((call) => call.startsWith('CloudFormation'))).toEqual([]);
  });

  test('stops even if STS does not identify the caller', async () => {
    const { ledger, transport, clock } = aDeployment();
    const withoutSts: Transport = async (call) => {
      if (call.client === 'STSClient') throw new Error('STS is down');
      return transport(call);
    };
    const { exitCode, out } = await aCli({ transport: withoutSts, clock })('stop', '--reason', reason);
    expect(out).toContain('account unknown: AWS did not identify');
    expect(exitCode).toBe(0);
    expect(await ledger.stop()).toMatchObject({ reason, by: 'an unknown caller' });
  });

  test('says loudly that it is not stopped when there is no stack, and not to deploy one', async () => {
    const { exitCode, notes } = await aCli(aDeployment())('stop', reason, '--region', 'us-east-1');
    expect(exitCode).toBe(1);
    expect(notes).toContain(
      'NOT STOPPED. There is no stack ChaosMaster in us-east-1 in the account of your credentials, 111111111111.\n' +
        '  Use credentials of the master account.\n',
    );
    expect(notes).not.toContain('deploy');
  });

  test('names both accounts when credentials are for one without the stack', async () => {
    const { transport, ...aws } = elsewhere();
    const nothingThere: Transport = async (call) => {
      if (call.client !== 'CloudFormationClient') return transport(call);
      throw Object.assign(new Error('Stack with id ChaosMaster does not exist'), { name: 'ValidationError' });
    };
    const { notes } = await aCli({ ...aws, transport: nothingThere })('stop', reason);
    expect(notes).toContain(
      'in the account of your credentials, 999999999999.\n  The configured master is 111111111111: use its credentials.\n' +
        'If nothing else works, use the aws CLI with credentials of account 111111111111:\n',
    );
    expect(notes).not.toContain('deploy');
  });

  test('says loudly that it is not stopped when there is no table, and does not name it again', async () => {
    const { exitCode, notes } = await aCli(aDeployment())('stop', reason, '--table', 'gone');
    expect(exitCode).toBe(1);
    expect(notes).toContain('NOT STOPPED. There is no table gone in eu-west-1 in the account');
    expect(notes).toContain(stopByAwsCli({ region: 'eu-west-1', reason }));
    expect(notes).not.toContain('deploy');
  });

  test('does not name a profile again that does not exist', async () => {
    const { notes } = await aCli({ ...aDeployment(), env: { HOME: folder } })(
      'stop',
      reason,
      '--profile',
      'nope',
    );
    expect(notes).toContain('NOT STOPPED. --profile nope: no such profile');
    expect(notes).toContain(stopByAwsCli({ region: 'eu-west-1', reason }));
  });

  test.each([
    ['eu-wset-1', undefined],
    ['us-east-1', 'us-east-1'],
  ])('names %s again when it cannot be reached only if it is a region', async (region, named) => {
    const unreachable: Transport = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    const { notes } = await aCli({ ...aDeployment(), transport: unreachable })(
      ...['stop', reason, '--region', region],
    );
    expect(notes).toContain('NOT STOPPED.');
    expect(notes).toContain(stopByAwsCli({ region: named, reason }));
  });
});

describe('chaos resume', () => {
  test('lifts the stop and shows it', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setStop({ reason, by, at: '2026-11-23T08:00:00.000Z' });
    const { exitCode, out } = await aCli(aws)('resume');
    expect(await ledger.stop()).toBeUndefined();
    expect(out).toContain(`Lifted: "Black Friday", by ${by} at Mon 2026-11-23 08:00 UTC`);
    expect(exitCode).toBe(0);
  });

  test.each([
    [true, 'It is leashed: nothing will be struck.'],
    [false, 'The next run may strike again.'],
  ])('says what comes next, by what is deployed (leashed: %s)', async (leashed, next) => {
    const { ledger, ...aws } = aDeployment({ ...cliConfig, leashed });
    await ledger.setStop({ reason, by, at: '2026-11-23T08:00:00.000Z' });
    expect((await aCli(aws)('resume')).out.split('\n').at(-1)).toBe(next);
  });

  test('prints what it lifted as JSON', async () => {
    const { ledger, ...aws } = aDeployment();
    const stop = { reason, by, at: '2026-11-23T08:00:00.000Z' };
    await ledger.setStop(stop);
    const place = { stopped: false, table: 'chaos-monkey', region: 'eu-west-1' };
    expect(JSON.parse((await aCli(aws)('resume', '--json')).out)).toEqual({ ...place, lifted: stop });
    expect(await ledger.stop()).toBeUndefined();
    expect(JSON.parse((await aCli(aws)('resume', '--json')).out)).toEqual({ ...place, lifted: null });
  });

  test('has nothing to do when no stop is set', async () => {
    const { exitCode, out } = await aCli(aDeployment())('resume');
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'No stop was set. Nothing changed.' });
  });
});
