import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { InvalidInput } from '#core/util/parse.ts';
import { configFormats, configName, formatOf } from './config-file.ts';

/**
 * The value in a configuration file, unchecked: the default export of a module, or what JSON or YAML holds; undefined where it holds
 * nothing. `path` is absolute, and may be anywhere on disk. Throws `InvalidInput`, and whatever a module throws.
 */
export async function readConfig(path: string): Promise<unknown> {
  const what = configName(path);
  const format = formatOf(path);
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
      // A tenth of a second is exhausted on loading the parser: not where there is no use for it.
      const { fromJson, fromYaml } = await import('./config-text.ts');
      const text = await readFile(path, 'utf8');
      return format === 'json' ? fromJson(text, what) : fromYaml(text, what);
    }
    case 'ts':
      return asModule(path, what);
    case 'js':
    case 'mjs':
      return defaultExport(pathToFileURL(path).href, what);
  }
}

/** Outside this repository the nearest package.json may say that TypeScript is CommonJS. Nobody writes a configuration so. */
async function asModule(path: string, what: string): Promise<unknown> {
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
          'outside the clone nothing of it can be imported, and nothing need be: export default { ... }',
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
