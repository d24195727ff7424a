import type { TagKeys } from '#core/config.ts';
import type { Tags } from '#core/group.ts';

type ApiTag = { readonly Key?: string | undefined; readonly Value?: string | undefined };

/** The tags that decisions are made from. A fleet's other tags would fill the memory of a wide sweep. */
export function pickTags(seen: readonly ApiTag[] | undefined, keys: TagKeys): Tags {
  const wanted = new Set([keys.optIn.key, keys.probability, keys.faults, keys.group]);
  const tags: Record<string, string> = {};
  for (const { Key, Value } of seen ?? []) {
    if (Key !== undefined && wanted.has(Key)) tags[Key] = Value ?? '';
  }
  return tags;
}
