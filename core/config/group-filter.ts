import type { Group } from '../model/group.ts';
import { nearest } from '../util/nearest.ts';

/** Limits for suggestions: how many names of other groups are remembered, and for how many missing groups they are searched. */
const mostRemembered = 10_000;
const mostLookedUp = 5;

/** Selects the groups that a request names, by name or key; all groups if it names none. Remembers which ones were seen. */
export function makeGroupFilter(wanted: readonly string[] | undefined) {
  const missing = new Set(wanted);
  const others = { names: new Set<string>(), keys: new Set<string>() };
  return {
    takes: ({ key, name }: Pick<Group, 'key' | 'name'>): boolean => {
      if (wanted === undefined) return true;
      missing.delete(name);
      missing.delete(key);
      if (wanted.includes(name) || wanted.includes(key)) return true;
      if (others.keys.size < mostRemembered) {
        others.names.add(name);
        others.keys.add(key);
      }
      return false;
    },
    notSeen: (): readonly string[] => [...missing],
    /** For groups that were not seen, the group that was probably meant. */
    meant: (): Readonly<Record<string, string>> =>
      Object.fromEntries(
        [...missing].slice(0, mostLookedUp).flatMap((name) => {
          const near = isKey(name) ? nearestKey(name, others.keys) : nearest(name, others.names);
          return near === undefined ? [] : [[name, near]];
        }),
      ),
  };
}

function isKey(name: string): boolean {
  return /^\d{12}\//.test(name);
}

/** A group of the same name in another place, or one with a similar name. */
function nearestKey(key: string, keys: ReadonlySet<string>): string | undefined {
  const byName = new Map([...keys].map((other) => [readName(other), other]));
  const name = readName(key);
  return byName.get(name) ?? byName.get(nearest(name, byName.keys()) ?? '');
}

/** A name may contain slashes itself. */
function readName(key: string): string {
  return key.split('/').slice(3).join('/');
}
