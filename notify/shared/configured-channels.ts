import { type ChannelConfigs, channels } from '../registry.ts';
import type { Channel, ChannelConfig } from './channel.ts';

export interface ConfiguredChannel {
  /** Its key in the configuration. */
  readonly name: string;
  readonly channel: Channel;
  readonly config: ChannelConfig;
}

/** The channels that are configured. */
export function configuredChannels(configs: ChannelConfigs): readonly ConfiguredChannel[] {
  const byName: Readonly<Record<string, ChannelConfig | undefined>> = configs;
  return Object.entries(channels).flatMap(([name, channel]) => {
    const config = byName[name];
    return config === undefined ? [] : [{ name, channel, config }];
  });
}
