const maxLineLength = 110;

/** Names of files in faults/, as they are listed there, to the text of faults/registry.ts: all of them but itself. */
export function faultRegistry(fileNames: readonly string[]): string {
  const faults = fileNames
    .filter((name) => name.endsWith('.ts') && name !== 'registry.ts')
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
  const names = faults.map(camelCase);
  const line = `export const faults = registry([${names.join(', ')}]);`;
  const lines =
    line.length <= maxLineLength
      ? [line]
      : ['export const faults = registry([', ...names.map((name) => `  ${name},`), ']);'];
  return [
    "import { registry } from '#core/model/fault-registry.ts';",
    ...faults.map((file) => `import { ${camelCase(file)} } from './${file}.ts';`),
    '',
    ...lines,
    '',
  ].join('\n');
}

/** `ec2-terminate` to `ec2Terminate`. */
function camelCase(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
