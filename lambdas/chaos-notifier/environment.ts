import * as z from 'zod';
import { jsonOf } from '#core/util/json-of.ts';
import { ChannelConfigs } from '#notify/registry.ts';

export const Environment = z.object({
  /** The configured channels, as JSON. They name SSM parameters, whose secret values never appear here. */
  CHANNELS: z.string('expected the channels as JSON').transform(jsonOf).pipe(ChannelConfigs),
});
