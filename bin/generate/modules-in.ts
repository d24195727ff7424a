import { basename } from 'node:path/posix';

/** A file of a folder that holds one thing a file, and what it exports. */
export interface Module {
  readonly file: string;
  /** `ec2-terminate.ts` exports `ec2Terminate`. */
  readonly name: string;
}

/** Those of a folder, as its files are listed: all but the registry that is made of them. */
export function modulesIn(fileNames: readonly string[]): readonly Module[] {
  return fileNames
    .filter((file) => file.endsWith('.ts') && file !== 'registry.ts')
    .sort()
    .map((file) => ({ file, name: camelCase(basename(file, '.ts')) }));
}

/** The lines that import them. */
export function importsOf(modules: readonly Module[]): readonly string[] {
  return modules.map(({ file, name }) => `import { ${name} } from './${file}';`);
}

const maxLineLength = 110;

/** What opens, all of them with commas, what closes: on one line where it has room, else on one each. */
export function listed(opening: string, entries: readonly string[], closing: string): readonly string[] {
  // Braces stand apart from what is in them.
  const space = opening.endsWith('{') ? ' ' : '';
  const line = `${opening}${space}${entries.join(', ')}${space}${closing}`;
  return line.length <= maxLineLength ? [line] : [opening, ...entries.map((entry) => `  ${entry},`), closing];
}

/** `ec2-terminate` to `ec2Terminate`. */
export function camelCase(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
