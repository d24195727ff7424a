import { basename } from 'node:path/posix';

/** A file with a single export, named after it. */
export interface Module {
  readonly file: string;
  /** `ec2-terminate.ts` exports `ec2Terminate`. */
  readonly name: string;
}

/**
 * The modules of a folder, by its listing: all files except the generated registry. Sorted without their endings, as Biome sorts imports.
 */
export function listModules(fileNames: readonly string[]): readonly Module[] {
  return fileNames
    .filter((file) => file.endsWith('.ts') && file !== 'registry.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
    .map((path) => ({ file: `${path}.ts`, name: camelCase(basename(path)) }));
}

/** The lines that import them. */
export function writeImports(modules: readonly Module[]): readonly string[] {
  return modules.map(({ file, name }) => `import { ${name} } from './${file}';`);
}

const maxLineLength = 110;

/** A list between its brackets: on one line if it fits, else on one line per entry. */
export function writeList(opening: string, entries: readonly string[], closing: string): readonly string[] {
  // Braces are padded with spaces.
  const space = opening.endsWith('{') ? ' ' : '';
  const line = `${opening}${space}${entries.join(', ')}${space}${closing}`;
  return line.length <= maxLineLength ? [line] : [opening, ...entries.map((entry) => `  ${entry},`), closing];
}

/** `ec2-terminate` to `ec2Terminate`. */
export function camelCase(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
