import { camelCase } from './list-modules.ts';

/** Converts the names of files in targets/ to the text of targets/registry.ts, which contains the kind in each folder. */
export function kindRegistry(fileNames: readonly string[]): string {
  return writeRegistry(fileNames, { file: 'kind', suffix: '', registry: 'kinds' });
}

/** The same for targets/reader-registry.ts. Separate, as readers load SDK clients, which most users of kinds do not need. */
export function readerRegistry(fileNames: readonly string[]): string {
  return writeRegistry(fileNames, { file: 'reader', suffix: 'Reader', registry: 'kindReaders' });
}

function writeRegistry(
  fileNames: readonly string[],
  { file, suffix, registry }: Readonly<Record<'file' | 'suffix' | 'registry', string>>,
): string {
  const modules = fileNames.filter((name) => name.split('/').length === 2 && name.endsWith(`/${file}.ts`));
  const all = modules
    .toSorted()
    .map((name) => ({ name, exported: `${camelCase(name.split('/')[0] ?? '')}${suffix}` }));
  return [
    ...all.map(({ name, exported }) => `import { ${exported} } from './${name}';`),
    '',
    `export const ${registry} = [${all.map(({ exported }) => exported).join(', ')}];`,
    '',
  ].join('\n');
}
