import { camelCase, writeList } from './list-modules.ts';

interface Registry {
  /** The file in each folder. */
  readonly file: string;
  /** What it exports, after the name of the folder. */
  readonly suffix: string;
  readonly registry: string;
  readonly type: { readonly name: string; readonly from: string };
}

/** Converts the names of files in targets/ to the text of targets/registry.ts, which contains the kind in each folder. */
export function kindRegistry(fileNames: readonly string[]): string {
  const type = { name: 'Kind', from: '#core/kinds/kind.ts' };
  return writeRegistry(fileNames, { file: 'kind', suffix: '', registry: 'kinds', type });
}

/** The same for targets/reader-registry.ts. Separate, as readers load SDK clients, which most users of kinds do not need. */
export function readerRegistry(fileNames: readonly string[]): string {
  const type = { name: 'KindReader', from: './kind-reader.ts' };
  return writeRegistry(fileNames, { file: 'reader', suffix: 'Reader', registry: 'kindReaders', type });
}

/** The same for sandbox/registry.ts: the service in each folder of sandbox/ that has one. */
export function serviceRegistry(fileNames: readonly string[]): string {
  const type = { name: 'Service', from: './service.ts' };
  return writeRegistry(fileNames, { file: 'service', suffix: '', registry: 'services', type });
}

function writeRegistry(fileNames: readonly string[], { file, suffix, registry, type }: Registry): string {
  const modules = fileNames.filter((name) => name.split('/').length === 2 && name.endsWith(`/${file}.ts`));
  const all = modules.toSorted().map((name) => ({
    from: `./${name}`,
    exported: `${camelCase(name.split('/')[0] ?? '')}${suffix}`,
  }));
  const imports = [
    ...all.map(({ from, exported }) => ({ from, what: `{ ${exported} }` })),
    { from: type.from, what: `type { ${type.name} }` },
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  return [
    ...imports.map(({ from, what }) => `import ${what} from '${from}';`),
    '',
    ...writeList(
      `export const ${registry}: readonly ${type.name}[] = [`,
      all.map(({ exported }) => exported),
      '];',
    ),
    '',
  ].join('\n');
}
