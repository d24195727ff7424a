import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Transport } from '#aws/clients/transport.ts';
import type { CliContext } from '#cli/context/cli-context.ts';
import { aCli } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';

afterEach(() => {
  vi.useRealTimers();
});

const web = '111111111111/eu-west-1/asg/web';
const stop = { reason: 'sale', by: 'ann', at: '2026-11-23T08:00:00.000Z' };
const writes = /^DynamoDBClient (?:UpdateItem|PutItem|TransactWriteItems)Command$/;
const changes: readonly [readonly string[], string][] = [
  [['resume'], 'the stop was lifted'],
  [['leash', web, '--reason', 'sale'], `${web} was leashed`],
  [['veto', web, '--until', '2h', '--reason', 'sale'], `${web} was vetoed`],
];

/** A deployment with a stop, whose calls that are `held` are told and not answered, or fail. */
async function holding(held: RegExp, answer: () => Promise<object> = () => new Promise(() => {})) {
  const { transport, clock, ledger } = aDeployment();
  await ledger.setStop(stop);
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const holds: Transport = async (call) => {
    if (!held.test(`${call.client} ${call.command}`)) return transport(call);
    resolve();
    return answer();
  };
  return { aws: { transport: holds, clock }, asked };
}

describe.each(changes)('chaos %j', (args, done) => {
  test('reports an unknown outcome on Ctrl-C while the write is pending', async () => {
    const { aws, asked } = await holding(writes);
    let interrupt = () => {};
    const onInterrupt: CliContext['onInterrupt'] = (listener) => {
      interrupt = () => listener('SIGINT');
      return () => {};
    };
    const ended = aCli({ ...aws, onInterrupt })(...args);
    await asked;
    interrupt();
    const { exitCode, out, notes } = await ended;
    expect(notes).toContain(`error: NOT KNOWN whether ${done}. Interrupted.\n  See: ./chaos status`);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  });

  test.each([
    ['TimeoutError', {}, 'NOT KNOWN whether'],
    ['AccessDeniedException', { $metadata: { httpStatusCode: 400 } }, 'Could not '],
    ['ECONNREFUSED', { code: 'ECONNREFUSED' }, 'Could not '],
  ])('says what %s of the write leaves open', async (name, more, words) => {
    const { aws } = await holding(writes, () =>
      Promise.reject(Object.assign(new Error(name), { name, ...more })),
    );
    const { exitCode, out, notes } = await aCli(aws)(...args);
    expect(notes).toContain(`error: ${words}`);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  });
});

describe.each([
  ...changes.map(([args]) => args),
  ['status'],
  ['ledger', 'check'],
  ['groups'],
  ['plan'],
  ['run'],
  ['run', '--here'],
])('chaos %s ...', (...args) => {
  const commands = [
    ['STSClient', 'AWS to say whose credentials these are'],
    ...(['groups', 'plan', 'run'].includes(args[0] ?? '')
      ? []
      : [
          ['CloudFormationClient', "the stack in eu-west-1 to name the ledger's table"],
          ['DynamoDBClient', 'table chaos-monkey in eu-west-1 to answer'],
        ]),
  ];
  test.each(commands)('says after two seconds that it waits for %s', async (client = '', what = '') => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { aws, asked } = await holding(new RegExp(`^${client} `));
    const said: string[] = [];
    const { promise: told, resolve } = Promise.withResolvers<void>();
    const ended = aCli({
      ...aws,
      onNote: (text) => {
        said.push(text);
        if (text.startsWith('Waiting for ')) resolve();
      },
    })(...args);
    await asked;
    await vi.advanceTimersByTimeAsync(2_000);
    await Promise.race([told, ended]);
    expect(said).toContain(`Waiting for ${what} ...`);
  });
});
