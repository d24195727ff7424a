import { camelCase } from './modules-in.ts';

/** Names of folders in targets/ to the text of targets/registry.ts: a kind of target each. */
export function kindRegistry(folders: readonly string[]): string {
  const names = folders.toSorted();
  return [
    ...names.map((folder) => `import { ${camelCase(folder)} } from './${folder}/kind.ts';`),
    '',
    `export const kinds = [${names.map(camelCase).join(', ')}];`,
    '',
  ].join('\n');
}
