import { type TagKeys, tagNames } from '#core/config/config-sections.ts';
import { controlPlaneTag } from '#core/model/control-plane.ts';
import type { Tags } from '#core/model/group.ts';

type ApiTag = { readonly Key?: string | undefined; readonly Value?: string | undefined };

/** Reads tags in AWS's format. Created once: a wide sweep reads the tags of every group and instance. */
export interface TagReader {
  readonly keys: TagKeys;
  /** Only the tags that affect decisions. All tags of a fleet would fill the memory of a wide sweep. */
  pick(seen: readonly ApiTag[] | undefined): Tags;
}

/** `also`: the keys by which an experiment selects its targets. */
export function tagReader(keys: TagKeys, also: readonly string[] = []): TagReader {
  const wanted = new Set([...tagNames(keys), controlPlaneTag.key, ...also]);
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
