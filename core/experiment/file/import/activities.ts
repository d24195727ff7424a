import { oneLine } from '../../../util/format.ts';
import { Activity } from './read-chaos-toolkit.ts';

/** What an activity becomes, and what of it is left out. */
export interface Converted {
  readonly part: Readonly<Record<string, unknown>>;
  readonly leftOut: readonly string[];
}

/** Converts those activities of a list that can be; the others are left out. `path`: of the list. */
export function collect(
  path: string,
  list: readonly unknown[],
  convert: (activity: Activity) => Converted | undefined,
): { readonly parts: readonly Converted['part'][]; readonly leftOut: readonly string[] } {
  const all = list.map((given, index) => {
    const { data: activity } = Activity.safeParse(given);
    const converted = activity && convert(activity);
    const place = `${path}[${index}]`;
    if (converted === undefined) return { parts: [], leftOut: [describe(place, given, activity)] };
    const leftOut = converted.leftOut.map((what) => oneLine(`${place} ${activity?.name}: ${what}`, 200));
    return { parts: [converted.part], leftOut };
  });
  return { parts: all.flatMap(({ parts }) => parts), leftOut: all.flatMap(({ leftOut }) => leftOut) };
}

/** `method[1] kill-pod: chaosk8s.pod.actions.terminate_pods`. */
function describe(place: string, given: unknown, activity: Activity | undefined): string {
  if (activity === undefined) return oneLine(`${place} ${JSON.stringify(namesIn(given))}`, 200);
  const { type, module, func } = activity.provider;
  return oneLine(`${place} ${activity.name}: ${func === undefined ? type : `${module}.${func}`}`, 200);
}

/** What else is in it may be secret. */
function namesIn(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return typeof given;
  return Object.fromEntries(Object.entries(given).filter(([key]) => ['ref', 'type', 'name'].includes(key)));
}

/** Names for probes and steps, each once. */
export function namer(): (name: string) => string {
  const used = new Set<string>();
  return (name) => {
    const letters = name.replaceAll(/\W+/g, '-').replaceAll(/^[^A-Za-z]+|-+$/g, '');
    const plain = letters.slice(0, 50) || 'unnamed';
    let unique = plain;
    for (let count = 2; used.has(unique); count += 1) unique = `${plain}-${count}`;
    used.add(unique);
    return unique;
  };
}
