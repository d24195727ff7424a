import * as z from 'zod';
import { parseJsonOrText } from '#core/util/parse-json-or-text.ts';
import { ChannelConfigs } from '#notify/registry.ts';

export const Environment = z.object({
  /** The configured channels, as JSON. They name SSM parameters, whose secret values never appear here. */
  CHANNELS: z.string('expected the channels as JSON').transform(parseJsonOrText).pipe(ChannelConfigs),
});
