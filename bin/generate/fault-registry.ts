import { importsOf, listed, modulesIn } from './modules-in.ts';

/** Names of files in faults/, as they are listed there, to the text of faults/registry.ts: those of each kind of target. */
export function faultRegistry(fileNames: readonly string[]): string {
  const faults = modulesIn(fileNames.filter((file) => file.split('/').length === 2));
  return [
    "import { registry } from '#core/model/fault-registry.ts';",
    ...importsOf(faults),
    '',
    ...listed(
      'export const faults = registry([',
      faults.map(({ name }) => name),
      ']);',
    ),
    '',
  ].join('\n');
}
