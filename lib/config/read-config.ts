import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { InvalidInput } from '#core/util/parse.ts';
import { configFormats, configName, readFormat } from './config-file.ts';

/**
 * Reads the unchecked value of a configuration file: the default export of a module, or the JSON or YAML value; undefined if there is
 * none. `path` is absolute and may be anywhere on disk. Throws `InvalidInput`, and anything that a module throws.
 */
export async function readConfig(path: string): Promise<unknown> {
  const what = configName(path);
  const format = readFormat(path);
  if (format === undefined) {
    const expected = `expected a file that ends in ${configFormats.map((one) => `.${one}`).join(', ')}`;
    throw new InvalidInput(what, [{ path: '(root)', expected, found: JSON.stringify(path) }]);
  }
  if (!existsSync(path)) {
    throw new InvalidInput(what, [{ path: '(root)', expected: 'expected a file', found: 'nothing' }]);
  }
  switch (format) {
    case 'json':
    case 'yaml':
    case 'yml': {
      // Loaded late: the parser takes a tenth of a second.
      const { parseJson, parseYaml } = await import('./parse-config-text.ts');
      const text = await readFile(path, 'utf8');
      return format === 'json' ? parseJson(text, what) : parseYaml(text, what);
    }
    case 'ts':
      return importTypeScript(path, what);
    case 'js':
    case 'mjs':
      return defaultExport(pathToFileURL(path).href, what);
  }
}

/** Loads TypeScript as an ES module, even if a package.json outside this repository says otherwise. */
async function importTypeScript(path: string, what: string): Promise<unknown> {
  const { href } = pathToFileURL(path);
  const hooks = registerHooks({
    load: (url, context, next) =>
      next(url, url === href ? { ...context, format: 'module-typescript' } : context),
  });
  try {
    return await defaultExport(href, what);
  } finally {
    hooks.deregister();
  }
}

async function defaultExport(href: string, what: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(href);
    return module.default;
  } catch (error) {
    const [, name] = /^Package import specifier "(#[^"]+)" is not defined/.exec(messageIn(error)) ?? [];
    if (name === undefined) throw error;
    throw new InvalidInput(what, [
      {
        path: '(root)',
        expected:
          'outside the clone, a configuration cannot import from it, and does not need to: export default { ... }',
        found: `import ... from '${name}'`,
      },
    ]);
  }
}

function messageIn(error: unknown): string {
  return error instanceof Error && 'code' in error && error.code === 'ERR_PACKAGE_IMPORT_NOT_DEFINED'
    ? error.message
    : '';
}
