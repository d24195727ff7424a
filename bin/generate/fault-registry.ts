import { listModules, writeImports, writeList } from './list-modules.ts';

/**
 * Converts the names of files in faults/ to the text of faults/registry.ts, which contains the faults of all kinds of target.
 */
export function faultRegistry(fileNames: readonly string[]): string {
  const faults = listModules(fileNames.filter((file) => file.split('/').length === 2));
  return [
    "import { registry } from '#core/model/fault-registry.ts';",
    ...writeImports(faults),
    '',
    ...writeList(
      'export const faults = registry([',
      faults.map(({ name }) => name),
      ']);',
    ),
    '',
  ].join('\n');
}
