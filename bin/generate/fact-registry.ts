import { listModules, writeList } from './list-modules.ts';

/** Converts the names of files in verify-aws/facts/ to the text of verify-aws/registry.ts, which contains all of them. */
export function factRegistry(fileNames: readonly string[]): string {
  const modules = listModules(fileNames);
  return [
    "import type { Fact } from './fact.ts';",
    ...modules.map(({ file, name }) => `import { ${name} } from './facts/${file}';`),
    '',
    ...writeList(
      'export const facts: readonly Fact[] = [',
      modules.map(({ name }) => name),
      '];',
    ),
    '',
  ].join('\n');
}
