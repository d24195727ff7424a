import { camelCase } from './modules-in.ts';

/** Converts the names of files in targets/ to the text of targets/registry.ts, which contains the kind in each folder. */
export function kindRegistry(fileNames: readonly string[]): string {
  const folders = fileNames.flatMap((file) => /^([^/]+)\/kind\.ts$/.exec(file)?.slice(1) ?? []).sort();
  return [
    ...folders.map((folder) => `import { ${camelCase(folder)} } from './${folder}/kind.ts';`),
    '',
    `export const kinds = [${folders.map(camelCase).join(', ')}];`,
    '',
  ].join('\n');
}
