import { createRequire } from 'node:module';
import type { FoundHandler } from './find-handler.ts';
import type { Handler } from './wrap-handler.ts';

const require = createRequire(import.meta.url);

/** For ES modules, and whatever Node 24 loads. What the module throws is left as it is: the runtime knows what to call it. */
export async function importHandler(found: FoundHandler): Promise<Handler> {
  if (found.file === undefined || found.by === 'require') return requireHandler(found);
  return handlerOf(await import(found.file), found);
}

export function requireHandler(found: FoundHandler): Handler {
  const { file, module, folders } = found;
  return handlerOf(require(file ?? require.resolve(module, { paths: [...folders] })), found);
}

function handlerOf(module: unknown, { name, path, underDefault }: FoundHandler): Handler {
  const handler =
    within(module, path) ?? (underDefault ? within(memberOf(module, 'default'), path) : undefined);
  if (!handler) throw notFound(`${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw notFound(`${name} is not a function`);
  return handler as Handler;
}

function within(module: unknown, path: string): unknown {
  return path.split('.').reduce(memberOf, module);
}

function memberOf(value: unknown, key: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[key];
}

/** In the runtime's own words, which would otherwise be about the layer's entry. */
function notFound(message: string): Error {
  return Object.assign(new Error(message), { name: 'Runtime.HandlerNotFound' });
}
