import type { ConfigInput } from './config.ts';

/**
 * Types a configuration while it is written. It is checked when it is read: at synth, and by the CLI. Alone in its file, so that
 * where the monkey is deployed can be read without loading anything else.
 */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
