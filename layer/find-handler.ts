import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where a function's handler is, and how its runtime would load it. */
export interface FoundHandler {
  /** As the function names it: `src/index.handler`. */
  readonly name: string;
  /** Within the module: `handler`, or `api.handler`. */
  readonly path: string;
  /** The file; undefined where the runtime asks `require.resolve` for `module`. */
  readonly file: string | undefined;
  readonly module: string;
  readonly folders: readonly string[];
  readonly by: 'import' | 'require';
  /** Whether what the module does not export is looked for under `default`. */
  readonly underDefault: boolean;
}

/**
 * Finds a handler as the runtime would. Undefined for a name that the runtime refuses: it says so best itself.
 *
 * Up to Node 22 the runtime requires what is CommonJS, and what traces the handler listens there; from Node 24 on, and where
 * invocations are concurrent, it imports everything: `importsAll`. Sources: aws-lambda-ric 3.3.0, UserFunction.js, and 4.0.2,
 * module-loader.js; open-telemetry/opentelemetry-lambda#2034.
 */
export function findHandler(name: string, taskRoot: string, importsAll: boolean): FoundHandler | undefined {
  const [, module, path] = /^([^.]*)\.(.*)$/.exec(basename(name)) ?? [];
  if (name.includes('..') || module === undefined || path === undefined) return undefined;
  const root = name.slice(0, name.indexOf(basename(name))).replace(/\/$/, '');
  const found = resolve(taskRoot, root, module);
  const file = ['', '.js', '.mjs', '.cjs'].map((ending) => found + ending).find((each) => existsSync(each));
  const folders = [taskRoot, importsAll ? join(taskRoot, root) : root];
  const by = file !== undefined && (importsAll || isModule(file)) ? 'import' : 'require';
  return { name, path, file, module, folders, by, underDefault: importsAll };
}

function isModule(file: string): boolean {
  return file.endsWith('.mjs') || (file.endsWith('.js') && isOfModules(dirname(file)));
}

/** Whether the closest package.json says that .js files are ES modules. */
function isOfModules(folder: string): boolean {
  if (folder.endsWith('/node_modules')) return false;
  const packageJson = join(folder, 'package.json');
  if (existsSync(packageJson)) {
    try {
      return JSON.parse(readFileSync(packageJson, 'utf8')).type === 'module';
    } catch {
      return false;
    }
  }
  return folder !== dirname(folder) && isOfModules(dirname(folder));
}
