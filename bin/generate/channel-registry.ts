import { importsOf, listed, modulesIn } from './modules-in.ts';

/** Names of files in notify/, as they are listed there, to the text of notify/registry.ts: all of them but itself. */
export function channelRegistry(fileNames: readonly string[]): string {
  const channels = modulesIn(fileNames);
  return [
    "import * as z from 'zod';",
    ...importsOf(channels),
    '',
    '/** By their names in the configuration. */',
    ...listed(
      'export const channels = {',
      channels.map(({ name }) => name),
      '};',
    ),
    '',
    '/** What is configured of each. */',
    'export const ChannelConfigs = z.strictObject({',
    ...channels.map(({ name }) => `  ${name}: ${name}.config.optional(),`),
    '});',
    'export type ChannelConfigs = z.infer<typeof ChannelConfigs>;',
    '',
  ].join('\n');
}
