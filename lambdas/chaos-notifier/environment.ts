import * as z from 'zod';
import { jsonOf } from '#core/util/json-of.ts';
import { ChannelConfigs } from '#notify/registry.ts';

export const Environment = z.object({
  /** What is configured of the channels, as JSON. It names SSM parameters: what they hold is secret, and is never put here. */
  CHANNELS: z.string('expected the channels as JSON').transform(jsonOf).pipe(ChannelConfigs),
});
