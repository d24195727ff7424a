import type { Readable } from '#core/model/unreadable-item.ts';

/** All of it could be read. */
export function readable<Value>(found: Value): Readable<Value> {
  return { found, unreadable: [] };
}
