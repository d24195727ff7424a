import { describe, expect, test } from 'vitest';
import { aCli, noAws } from '../support/a-cli.ts';

const chaos = aCli({ transport: noAws });

describe('chaos', () => {
  test.each([
    [['bogus'], "unknown command 'bogus'"],
    [['run', '--bogus'], "unknown option '--bogus'"],
    [['run', '--accounts', '1'], '(Did you mean --account?)'],
    [['run', 'web'], 'too many arguments'],
    [['run', '--account'], "option '--account <id...>' argument missing"],
    [['run', '--here', '--sandbox'], "'--here' cannot be used with option '--sandbox'"],
    [['run', '--ledger', 'memory'], '--ledger is for --here only.'],
    [['run', '--here', '--ledger', 'paper'], 'Allowed choices are memory, stack.'],
    [['stop'], "required option '--reason <text>' not specified"],
    [['stop', '--reason', ' '], 'Expected a few words.'],
    [['stop', '--reason', 'x'.repeat(501)], 'Expected at most 500 characters, found 501.'],
    [['stop', '--reason', 'x', '--region', 'mars'], 'Expected a region such as eu-west-1.'],
    [['resume', '--reason', 'x'], "unknown option '--reason'"],
    [['faults', '--config', 'nowhere.ts'], 'There is no configuration nowhere.ts.'],
    [['run', '--sandbox', '--config', 'nowhere.ts'], 'There is no configuration nowhere.ts.'],
  ])('refuses %j in words, with exit code 2, and touches nothing', async (args, words) => {
    const { exitCode, out, notes } = await chaos(...args);
    expect(notes).toContain(words);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test('says what it can do when it is asked nothing', async () => {
    const { exitCode, notes } = await chaos();
    expect(notes).toMatch(/run .*\n.*stop .*\n.*resume .*\n.*status .*\n.*faults /);
    expect(exitCode).toBe(2);
  });

  test.each(['run', 'stop', 'resume', 'status', 'faults'])('has help for %s on stdout', async (command) => {
    const { exitCode, out, notes } = await chaos(command, '--help');
    expect(out).toMatch(new RegExp(`^Usage: chaos ${command} \\[options\\]`));
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
  });
});

describe('chaos faults', () => {
  test('lists every fault with its parameters and what the configuration says', async () => {
    const { exitCode, out } = await chaos('faults', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toContainEqual({
      name: 'ec2-terminate',
      summary: expect.stringContaining('Terminates an instance'),
      // None is required: a fault's name alone is a choice.
      parameters: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: { via: { type: 'string', enum: ['ec2', 'autoscaling'], default: 'ec2' } },
        additionalProperties: false,
      },
      actions: ['ec2:TerminateInstances', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      enabled: true,
      isDefault: true,
      configured: { via: 'ec2' },
    });
  });

  test('tells people the same', async () => {
    const { out } = await chaos('faults');
    expect(out).toContain(`ec2-terminate  enabled, the default
  Terminates an instance, through EC2 or through its Auto Scaling group.
  Parameter via: "ec2" or "autoscaling", default "ec2"
  IAM: ec2:TerminateInstances, autoscaling:TerminateInstanceInAutoScalingGroup`);
  });
});
