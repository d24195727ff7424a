import type * as z from 'zod';
import type { ConfigInput } from '#core/config/config.ts';
import type { ChannelConfigs } from '#notify/registry.ts';

/** The input type of chaos.config.ts, including channels. */
export type WrittenConfig = ConfigInput & { notifications?: z.input<typeof ChannelConfigs> | undefined };

/**
 * Gives editors the type of a configuration. It is validated when it is read, by synth and by the CLI. This file imports only types,
 * so that a stop can read the configuration without loading anything else.
 */
export function defineConfig(config: WrittenConfig): WrittenConfig {
  return config;
}
