import { listModules, writeImports, writeList } from './list-modules.ts';

/** Converts the names of files in notify/ to the text of notify/registry.ts, which contains all of them except itself. */
export function channelRegistry(fileNames: readonly string[]): string {
  const channels = listModules(fileNames);
  return [
    "import * as z from 'zod';",
    ...writeImports(channels),
    '',
    '/** By their names in the configuration. */',
    ...writeList(
      'export const channels = {',
      channels.map(({ name }) => name),
      '};',
    ),
    '',
    '/** The configuration of each. */',
    'export const ChannelConfigs = z.strictObject({',
    ...channels.map(({ name }) => `  ${name}: ${name}.config.optional(),`),
    '});',
    'export type ChannelConfigs = z.infer<typeof ChannelConfigs>;',
    '',
  ].join('\n');
}
