import { existsSync } from 'node:fs';
import { type Config, parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConfigFile, openConfig } from './open-config.ts';

/** Loads the configuration. If none is named and none exists, returns the defaults with a made-up account. */
export async function configOrDefaults(
  file: ConfigFile,
  named: string | undefined,
  terminal: Pick<Terminal, 'note'>,
): Promise<{ readonly from: string; readonly config: Config }> {
  if (named !== undefined || existsSync(file.path)) {
    return { from: file.shown, config: await openConfig(file, terminal) };
  }
  const account = '111111111111';
  const region = 'us-east-1';
  return {
    from: 'the defaults',
    config: parseConfig(
      { master: { account, region }, accounts: [account], regions: [region], externalId: 'none' },
      faults,
    ),
  };
}
