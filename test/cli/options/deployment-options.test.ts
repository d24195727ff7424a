import { describe, expect, test } from 'vitest';
import { parseSummary } from '#cli/config/config-summary.ts';
import { CliError } from '#cli/context/cli-error.ts';
import { deploymentFlags, locateDeployment } from '#cli/options/deployment-options.ts';
import { cliFolder } from '../../support/a-cli.ts';
import { aTerminal } from '../../support/a-terminal.ts';

const master = { account: '111111111111', region: 'eu-west-1' };

/** Where the configuration says `config`, or cannot be read for the reason that is the text. */
function context(config: object | string, env: NodeJS.ProcessEnv = {}) {
  const { terminal, notes } = aTerminal();
  const summary = typeof config === 'string' ? config : parseSummary({ config }, 'chaos.config.ts');
  return { cwd: cliFolder, env, terminal, notes, readConfigSummary: async () => summary };
}

describe('locateDeployment', () => {
  test("has the configuration's region and account", async () => {
    expect(await locateDeployment({}, context({ master }, { AWS_REGION: 'us-east-1' }))).toMatchObject(
      master,
    );
  });

  test('uses an explicit region without reading the configuration', async () => {
    const unread = {
      ...context({ master }),
      readConfigSummary: () => Promise.reject(new Error('it was read')),
    };
    expect(await locateDeployment({ region: 'us-east-1' }, unread)).toEqual({
      region: 'us-east-1',
      account: undefined,
      config: undefined,
    });
  });

  test('uses an explicit table, whatever account the configuration names', async () => {
    expect(await locateDeployment({ table: 'other' }, context({ master }))).toMatchObject({
      region: 'eu-west-1',
      account: undefined,
    });
  });

  test.each([
    ['AWS_REGION', { AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'us-east-1' }],
    ['AWS_DEFAULT_REGION', { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' }],
  ])('asks %s when the configuration does not say', async (name, env) => {
    for (const config of ['It hangs', { master: { region: 'mars' } }]) {
      const { notes, ...rest } = context(config, env);
      expect(await locateDeployment({}, rest)).toMatchObject({ region: 'eu-north-1', account: undefined });
      expect(notes()).toContain(`Using the region from ${name}: eu-north-1`);
    }
  });

  test.each([
    [{ region: 'mars' }, {}, '--region mars: expected a region such as eu-west-1'],
    [{}, { AWS_REGION: 'eu west' }, "AWS_REGION='eu west': expected a region such as eu-west-1"],
    [
      {},
      {},
      'It hangs, so the region of the deployed monkey is unknown.\n  Pass it to skip the configuration: --region REGION [--table TABLE]',
    ],
  ])('names what is wrong: %j %j', async (options, env, words) => {
    await expect(locateDeployment(options, context('It hangs', env))).rejects.toEqual(new CliError(words, 2));
  });
});

describe('deploymentFlags', () => {
  test('repeat the options for suggested commands', () => {
    expect(
      deploymentFlags({ region: 'us-east-1', table: 'other', profile: 'my ops', config: 'my.config.ts' }),
    ).toBe(" --region us-east-1 --table other --profile 'my ops' --config my.config.ts");
    expect(deploymentFlags({})).toBe('');
  });
});
