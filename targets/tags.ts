import { type TagKeys, tagNames } from '#core/config/config-sections.ts';
import type { Tags } from '#core/model/group.ts';

type ApiTag = { readonly Key?: string | undefined; readonly Value?: string | undefined };

/** Reads tags as AWS answers them. Made once: a wide sweep reads those of every group and instance it sees. */
export interface TagReader {
  readonly keys: TagKeys;
  /** The tags that decisions are made from. A fleet's other tags would fill the memory of a wide sweep. */
  pick(seen: readonly ApiTag[] | undefined): Tags;
}

export function tagReader(keys: TagKeys): TagReader {
  const wanted = new Set(tagNames(keys));
  return {
    keys,
    pick: (seen = []) => {
      const tags: Record<string, string> = {};
      for (const { Key, Value } of seen) {
        if (Key !== undefined && wanted.has(Key)) tags[Key] = Value ?? '';
      }
      return tags;
    },
  };
}
