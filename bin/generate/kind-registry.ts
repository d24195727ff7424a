import { camelCase } from './modules-in.ts';

/** Converts the names of files in targets/ to the text of targets/registry.ts, which contains the kind in each folder. */
export function kindRegistry(fileNames: readonly string[]): string {
  return registryOf(fileNames, { file: 'kind', suffix: '', registry: 'kinds' });
}

/** To that of targets/reader-registry.ts: what looks at them. It loads SDK clients, and most who ask for kinds need none. */
export function readerRegistry(fileNames: readonly string[]): string {
  return registryOf(fileNames, { file: 'reader', suffix: 'Reader', registry: 'kindReaders' });
}

function registryOf(
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
