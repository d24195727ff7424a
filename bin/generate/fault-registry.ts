import { importsOf, listed, modulesIn } from './modules-in.ts';

/** Names of files in faults/, as they are listed there, to the text of faults/registry.ts: all of them but itself. */
export function faultRegistry(fileNames: readonly string[]): string {
  const faults = modulesIn(fileNames);
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
