import { listModules, writeImports, writeList } from './list-modules.ts';

/** Converts the names of files in probes/ to the text of probes/registry.ts, which contains all of them except itself. */
export function probeRegistry(fileNames: readonly string[]): string {
  const probes = listModules(fileNames);
  return [
    "import type { Probe } from '#core/ports/probe.ts';",
    ...writeImports(probes),
    '',
    ...writeList(
      'export const probes: readonly Probe[] = [',
      probes.map(({ name }) => name),
      '];',
    ),
    '',
  ].join('\n');
}
