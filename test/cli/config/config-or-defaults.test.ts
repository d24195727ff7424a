import { describe, expect, test } from 'vitest';
import { configOrDefaults } from '#cli/config/config-or-defaults.ts';
import { findConfig } from '#cli/config/open-config.ts';
import { cliFolder } from '../../support/a-cli.ts';
import { aTerminal } from '../../support/a-terminal.ts';

const missing = { path: `${cliFolder}/nowhere.ts`, shown: 'nowhere.ts' };

const { terminal } = aTerminal();

describe('configOrDefaults', () => {
  test('reads an existing configuration', async () => {
    const { from, config } = await configOrDefaults(findConfig(undefined, cliFolder), undefined, terminal);
    expect(from).toBe('chaos.config.ts');
    expect(config.master.region).toBe('eu-west-1');
  });

  test('takes the defaults when there is none', async () => {
    const { from, config } = await configOrDefaults(missing, undefined, terminal);
    expect(from).toBe('the defaults');
    expect(config.schedule).toMatchObject({ timeZone: 'UTC', from: '09:00', to: '16:00' });
  });

  test('refuses a missing one that was named', async () => {
    await expect(configOrDefaults(missing, 'nowhere.ts', terminal)).rejects.toThrow(
      'There is no configuration nowhere.ts.',
    );
  });
});
