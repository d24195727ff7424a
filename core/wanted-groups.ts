import type { Group } from './group.ts';

/** The groups that a request names, by name or key; all of them where it names none. Remembers which were seen. */
export function wantedGroups(wanted: readonly string[] | undefined) {
  const missing = new Set(wanted);
  return {
    takes: ({ key, name }: Pick<Group, 'key' | 'name'>): boolean => {
      if (wanted === undefined) return true;
      missing.delete(name);
      missing.delete(key);
      return wanted.includes(name) || wanted.includes(key);
    },
    notSeen: (): readonly string[] => [...missing],
  };
}
