import { describe, expect, test } from 'vitest';
import { commands } from '#cli/command-table.ts';
import type { CliContext } from '#cli/context/cli-context.ts';
import { version } from '#core/util/version.ts';
import { aCli, noAws } from '../support/a-cli.ts';
import { aTerminal } from '../support/a-terminal.ts';

/** Commands that ask nothing of AWS. */
const offline = ['simulate', 'faults', 'calendar', 'completion'];

const { terminal } = aTerminal();
const nothing: CliContext = {
  terminal,
  cwd: '/',
  env: {},
  clock: { now: () => 0, sleep: async () => {} },
  get clients(): never {
    throw new Error('unexpected client');
  },
  readConfigSummary: async () => 'unexpected',
  onInterrupt: () => () => {},
  finish: () => {},
};

async function loaded(name: string) {
  const entry = commands.find((each) => each.name === name);
  if (entry === undefined) throw new Error(`there is no ${name}`);
  const command = (await entry.load())(nothing);
  return {
    entry,
    command,
    flags: [command, ...command.commands].flatMap(({ options }) => options.map(({ long }) => long)),
  };
}
const names = commands.map(({ name }) => name);

describe('the commands', () => {
  test.each(names)('%s is as the overview has it', async (name) => {
    const { entry, command } = await loaded(name);
    expect(command.name()).toBe(name);
    expect(command.usage().replace(/^\[options\] ?/, '')).toBe(entry.arguments ?? '');
    // The overview's is shown: two would differ one day.
    expect(command.description()).toBe('');
  });

  test.each(names.filter((name) => !offline.includes(name)))(
    '%s takes --profile and --region',
    async (name) => {
      expect((await loaded(name)).flags).toEqual(expect.arrayContaining(['--profile', '--region']));
    },
  );

  test.each(names.filter((name) => name !== 'completion'))('%s takes --json', async (name) => {
    expect((await loaded(name)).flags).toContain('--json');
  });

  test('have help, and print the version', async () => {
    const chaos = aCli({ transport: noAws });
    expect(await chaos('--version')).toMatchObject({ exitCode: 0, out: version, notes: '' });
    const { out, exitCode } = await chaos('help', 'veto');
    expect(out).toMatch(/^Usage: chaos veto \[options\] <group>\n\nexempt a group for a while\n/);
    expect(exitCode).toBe(0);
  });
});
