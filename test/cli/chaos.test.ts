import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openUndoStates, undoEnds } from '#core/model/undo-entry.ts';
import { aCli, noAws } from '../support/a-cli.ts';

const chaos = aCli({ transport: noAws });
const commands = [
  ...['run', 'stop', 'resume', 'veto', 'leash', 'status'],
  ...['plan', 'explain', 'replay', 'simulate', 'faults', 'completion'],
];
const web = '111122223333/eu-west-1/asg/web';

function simulate(mean: string, min: string, days: string): readonly string[] {
  return ['simulate', '--mean', mean, '--min', min, '--days', days];
}

describe('chaos', () => {
  test.each([
    [['bogus'], "unknown command 'bogus'"],
    [['run', '--bogus'], "unknown option '--bogus'"],
    [['run', '--only-acount', '1'], '(Did you mean --only-account?)'],
    [['run', 'web'], 'too many arguments'],
    [['run', '--only-account'], "option '--only-account <id...>' argument missing"],
    [['run', '--here', '--sandbox'], "'--here' cannot be used with option '--sandbox'"],
    [['run', '--ledger', 'memory'], '--ledger is for --here only.'],
    [['run', '--here', '--ledger', 'paper'], 'Allowed choices are memory, stack.'],
    [['stpo'], '(Did you mean stop?)'],
    [['stpo', '--help'], "unknown command 'stpo'\n(Did you mean stop?)"],
    [['help', 'stpo'], "unknown command 'stpo'\n(Did you mean stop?)"],
    [['veto', web, '--utnil', '2h'], 'See: ./chaos veto --help'],
    [['bogus'], 'See: ./chaos --help'],
    [['experiment', 'report'], 'See: ./chaos experiment report --help'],
    [['experiment', 'run', 'x.yaml', '--bogus'], 'See: ./chaos experiment run --help'],
    [['experiment', 'bogus'], 'See: ./chaos experiment --help'],
    [['--table', 'x', 'status'], "unknown option '--table'"],
    [['groups', '--profile', ''], 'error: --profile needs a value.'],
    [['run', '--only-region', ''], 'error: --only-region needs a value.'],
    [[...simulate('5', '3', '9'), '--seed', ''], 'error: --seed needs a value.'],
    [['stpo'], 'NOT STOPPED. To stop: ./chaos stop\n'],
    [['please', 'stop'], 'NOT STOPPED. To stop: ./chaos stop\n'],
    [['run', '--stop'], 'NOT STOPPED. To stop: ./chaos stop\n'],
    [['--reason', 'stop'], 'NOT STOPPED. To stop: ./chaos stop\n'],
    [['STATUS'], '(Did you mean status?)'],
    [['stop', '--reason', 'x', '--region', 'mars'], 'NOT STOPPED. --region mars: expected a region such as'],
    [['stop', '--region'], 'NOT STOPPED. --region needs a value: --region REGION'],
    [['stop', '--table', '--reason', 'x'], 'NOT STOPPED. --table needs a value: --table TABLE'],
    [['stop', '--profile', 'nope', 'x'], 'NOT STOPPED. --profile nope: no such profile in '],
    [['--profile', 'nope', '--region=eu-west-1', 'status'], 'error: --profile nope: no such profile in '],
    [['veto', web, '--off', '--regoin', 'x'], '(Did you mean --region?)'],
    [['resume', '--region', 'mars'], 'error: --region mars: expected a region such as eu-west-1'],
    [['replay', 'x', '--region', 'mars'], '--region mars: expected a region such as eu-west-1'],
    [
      ['plan', '--sandbox', '--region', 'eu-west-1'],
      "'--sandbox' cannot be used with option '--region <region>'",
    ],
    [['run', '--here', '--region', 'eu-west-1', '--only-region', 'us-east-1'], 'pass only one of them'],
    [['run', '--unleash', '--region', 'eu-west-1'], 'To strike only there: --only-region eu-west-1'],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish.'],
    [['resume', '--reason', 'x'], "unknown option '--reason'"],
    [['veto'], "missing required argument 'group'"],
    [['veto', 'web', '--off'], 'Expected a full key, as shown in reports: 111122223333/eu-west-1/asg/web'],
    [['veto', web], 'Give --until and --reason, or --off to lift the veto.'],
    [['veto', web, '--until', '2h'], 'Give --until and --reason, or --off to lift the veto.'],
    [['veto', web, '--off', '--until', '2h'], "'--off' cannot be used with option '--until <time>'"],
    [['veto', web, '--until', 'noon', '--reason', 'x'], '--until "noon": expected a time such as '],
    [['leash', 'asg/web', '--reason', 'x'], 'Expected a full key'],
    [['leash', web], 'Give --reason, or --off to lift the leash.'],
    [['leash', web, '--off', '--reason', 'x'], "'--off' cannot be used with option '--reason <text>'"],
    [['plan', '--days', 'x'], 'Expected a whole number.'],
    [['plan', '--days', '32'], 'days: expected a number of days from 1 to 31, found 32'],
    [['plan', '--date', 'monday'], 'date: expected a date such as "2026-11-23", found "monday"'],
    [['explain'], "missing required argument 'group'"],
    [['explain', 'web', '--only-account', '5'], 'account: expected a 12-digit account id'],
    [['replay', 'latest'], 'runId: expected the id of a run such as "20261123T090000Z-3f9a1c2b"'],
    [['simulate', '--mean', '5', '--min', '3'], "required option '--days <n>' not specified"],
    [simulate('often', '3', '9'), 'Expected a number of work days, at least 1.'],
    [
      simulate('2', '3', '9'),
      'rate.meanDays: expected at least minDays: no mean is below the shortest gap, found 2',
    ],
    [simulate('5', '2.5', '9'), 'rate.minDays: expected a whole number of work days, at least 1, found 2.5'],
    [simulate('5', '3', '0'), 'Expected a whole number from 1 to 1000000.'],
    [[...simulate('5', '3', '9'), '--groups', '1e3'], 'Expected a whole number from 1 to 100000.'],
    [[...simulate('5', '3', '9'), '--config', 'nowhere.ts'], 'There is no configuration nowhere.ts.'],
    [['faults', '--config', 'nowhere.ts'], 'There is no configuration nowhere.ts.'],
    [['run', '--sandbox', '--config', 'nowhere.ts'], 'There is no configuration nowhere.ts.'],
  ])('refuses %j in words, with exit code 2, and touches nothing', async (args, words) => {
    const { exitCode, out, notes } = await chaos(...args);
    expect(notes).toContain(words);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test('says what it can do when it is asked nothing', async () => {
    const { exitCode, notes } = await chaos();
    expect(notes).toMatch(new RegExp(commands.map((name) => `\\n  ${name} .*`).join('[^]*')));
    expect(exitCode).toBe(2);
  });

  test.each(commands)('has help for %s on stdout', async (command) => {
    const { exitCode, out, notes } = await chaos(command, '--help');
    expect(out).toMatch(new RegExp(`^Usage: chaos ${command} \\[options\\]`));
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
  });
});

test('chaos strikes explains every state, says its exit codes and has examples', async () => {
  const { out } = await chaos('strikes', '--help');
  for (const state of [...openUndoStates, ...undoEnds])
    expect(out).toMatch(new RegExp(`^  ${state} +\\S`, 'm'));
  expect(out).toMatch(/^Exit codes: 0 .*1 .*2 bad usage/m);
  expect(out).toMatch(/^ {2}\.\/chaos strikes --active +\S/m);
});

describe('chaos faults', () => {
  test('lists every fault with its parameters and what the configuration says', async () => {
    const { exitCode, out } = await chaos('faults', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toContainEqual({
      name: 'ec2-terminate',
      kind: 'ec2-instance',
      summary: expect.stringContaining('Terminates an instance'),
      // None is required: a fault's name alone is a choice.
      parameters: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: {
          via: {
            type: 'string',
            enum: ['ec2', 'autoscaling'],
            default: 'ec2',
            description: expect.stringContaining('autoscaling: the group terminates it'),
          },
        },
        additionalProperties: false,
      },
      endsBy: null,
      ends: 'it is done once, and never undone',
      leaves: expect.stringContaining('no instance'),
      actions: ['ec2:TerminateInstances', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      wide: null,
      enabled: true,
      isDefault: true,
      configured: { via: 'ec2' },
    });
  });

  test('prints the same as text', async () => {
    const { out } = await chaos('faults');
    expect(out).toContain(`ec2-terminate  enabled, the default for its kind
  Terminates an instance, through EC2 or through its Auto Scaling group.
  Strikes: ec2-instance
  Parameter via: "ec2" or "autoscaling", default "ec2"
    ec2: the instance dies as if its hardware had failed, and the group has to notice. autoscaling: the group terminates it, with lifecycle hooks and an immediate replacement
  Ends: it is done once, and never undone
  Leaves: no instance: the data of its instance store volumes, and of EBS volumes that are deleted with it, is lost
  IAM: ec2:TerminateInstances, autoscaling:TerminateInstanceInAutoScalingGroup`);
  });

  test('says which permissions IAM cannot limit, and that a parameter may be null', async () => {
    const { out } = await chaos('faults');
    const configure = out.split('\n\n').find((text) => text.startsWith('lambda-configure  not enabled'));
    expect(configure).toMatch(/^ {2}Wide: also allows any change of the function's configuration/m);
    expect(configure).toContain('Parameter memoryMb: integer, 128 to 10240, or null, default 128');
  });

  test('lists the enabled faults first, each part by kind, with a default of each kind', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'faults-')), 'chaos.config.json');
    const chosen = ['lambda-error', 'lambda-latency', 'ec2-stop'];
    const config = { master: { account: '111111111111', region: 'eu-west-1' }, externalId: 'x-1234' };
    writeFileSync(
      file,
      JSON.stringify({ ...config, accounts: ['222222222222'], regions: ['eu-west-1'], faults: chosen }),
    );
    const { out } = await chaos('faults', '--json', '--config', file);
    const listed: { name: string; kind: string; isDefault: boolean }[] = JSON.parse(out);
    expect(listed.slice(0, 3).map(({ name }) => name)).toEqual([
      'ec2-stop',
      'lambda-error',
      'lambda-latency',
    ]);
    expect(listed.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual([
      'ec2-stop',
      'lambda-error',
    ]);
    const others = listed.slice(3).map(({ kind, name }) => `${kind} ${name}`);
    expect(others).toEqual(others.toSorted((a, b) => a.localeCompare(b)));
  });

  test('shows one by its name, or suggests one', async () => {
    const { out } = await chaos('faults', 'lambda-concurrency');
    expect(out.match(/^\S.*$/gm)).toEqual(['lambda-concurrency  not enabled']);
    expect(out).toContain(
      [
        '  Strikes: lambda-function',
        '  Parameter limit: integer, 0 to 1000, default 0',
        '    Concurrent executions that the function is left with\n',
      ].join('\n'),
    );
    const { exitCode, notes } = await chaos('faults', 'lambda-concurency');
    expect(notes).toContain('there is no fault lambda-concurency; did you mean lambda-concurrency?');
    expect(exitCode).toBe(2);
  });

  test('lists choices once, with spaces at which they can be wrapped', async () => {
    const { out } = await chaos('faults', 'sqs-deny');
    expect(out).toContain(
      '  Parameter actions: list of "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", default all of them\n',
    );
  });

  test('says how each fault ends without us, and what it leaves', async () => {
    const { out } = await chaos('faults');
    const texts = out.trim().split('\n\n');
    const ends = texts.map((text) => /^ {2}Ends: (.*)$/m.exec(text)?.[1]);
    expect(new Set(ends)).toEqual(
      new Set([
        'it is done once, and never undone',
        'after `minutes`; if nobody undoes it, what it wrote has no effect from then on',
        'after `minutes`; if nobody undoes it, it ends by itself then',
        "after `minutes`; if nobody undoes it, a schedule in the target's account does, 10 minutes later",
      ]),
    );
    for (const text of texts) expect(text).toMatch(/^ {2}Leaves: \S/m);
  });
});
