import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { DiskFill } from './fill-disk.ts';
import { findHandler } from './find-handler.ts';
import { importHandler, requireHandler } from './load-handler.ts';
import { log } from './log.ts';
import { startLayer } from './start-layer.ts';
import { type Handler, wrapHandler } from './wrap-handler.ts';

/**
 * Points the runtime to an entry of ours, which loads the function's handler and wraps it. Whatever fails here leaves the function as
 * it is.
 */
const folder = '/tmp';
const key = Symbol.for('chaos-failure-layer');

try {
  redirect();
} catch (error) {
  log(`does nothing: ${error}`);
}

function redirect(): void {
  const { _HANDLER: name, LAMBDA_TASK_ROOT, CHAOS_FAILURE_PARAMETER: parameter } = process.env;
  if (!name || !LAMBDA_TASK_ROOT || !parameter) return;
  const isConcurrent = process.env.AWS_LAMBDA_MAX_CONCURRENCY !== undefined;
  // Then threads load the handler, and come here too.
  if (isConcurrent && isMainThread) {
    new DiskFill(folder).removeLeftover();
    return;
  }
  const [, version = process.versions.node] = /nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '') ?? [];
  const found = findHandler(name, LAMBDA_TASK_ROOT, isConcurrent || Number.parseInt(version, 10) >= 24);
  if (found === undefined) return;
  // OpenTelemetry tells by the file's name, too, which kind of modules to trace.
  const [entry, ending] = found.by === 'import' ? ['module', '.mjs'] : ['commonjs', '.cjs'];
  const path = join(dirname(fileURLToPath(import.meta.url)), entry);
  // The runtime takes no such name.
  if (!existsSync(path + ending) || path.includes('..')) return;

  const injector = startLayer(parameter, { folder, isThread: !isMainThread });
  const wrap = (handler: Handler) => {
    try {
      return wrapHandler(handler, injector);
    } catch (error) {
      log(`does nothing: ${error}`);
      return handler;
    }
  };
  const restore = () => {
    process.env._HANDLER = name;
  };
  Object.defineProperty(globalThis, key, {
    value: {
      importHandler: async () => {
        restore();
        return wrap(await importHandler(found));
      },
      requireHandler: () => {
        restore();
        return wrap(requireHandler(found));
      },
    },
  });
  process.env._HANDLER = `${path}.handler`;
}
