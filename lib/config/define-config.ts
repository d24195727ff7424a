import type * as z from 'zod';
import type { ConfigInput } from '#core/config/config.ts';
import type { ChannelConfigs } from '#notify/registry.ts';

/** What a user writes in chaos.config.ts, channels included. */
export type WrittenConfig = ConfigInput & { notifications?: z.input<typeof ChannelConfigs> | undefined };

/**
 * Types a configuration while it is written. It is checked when it is read: at synth, and by the CLI. Alone in its file, and with
 * types only, so that where the monkey is deployed can be read without loading anything else.
 */
export function defineConfig(config: WrittenConfig): WrittenConfig {
  return config;
}
