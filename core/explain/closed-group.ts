import type { TargetAccount } from '../config/config.ts';
import { keyParts, kindOf } from '../kinds/kind.ts';
import type { Failure } from '../model/failure.ts';
import type { RunContext } from '../model/run-context.ts';
import type { World } from '../ports/world.ts';
import { counted } from '../util/format.ts';

/** In so many account-regions a name is searched for without the filter by tag; in more, its whole key is needed. */
const mostPlaces = 25;
/** So many groups of the name are listed. */
const maxListed = 5;

/** Why no opted-in group of a name or key was found, and whether there is one that has not opted in. */
export async function closedGroup(
  wanted: string,
  scope: readonly TargetAccount[],
  missed: readonly Failure[],
  run: RunContext,
  { fleet, config, kinds }: Pick<World, 'fleet' | 'config' | 'kinds'>,
): Promise<{ readonly exists: boolean; readonly text: string }> {
  const places = scope.flatMap(({ id, regions }) => regions.map((region) => ({ account: id, region })));
  const where = counted(places.length, 'account-region');
  if (places.length > mostPlaces) {
    const unseen = missed.length === 0 ? '' : `; ${counted(missed.length, 'place')} could not be surveyed`;
    const text = `none of that name has, in ${where}${unseen}. Give its whole key to have it looked for without the tag`;
    return { exists: false, text };
  }
  const { kind, name = wanted } = keyParts(kinds, wanted) ?? {};
  const { value: found, failures } = await fleet.find(places, name, run);
  const groups = [...found.values()].filter((group) => kind === undefined || group.kind === kind);
  if (groups.length > 0) {
    const listed = groups.slice(0, maxListed);
    const inspections = await fleet.inspect(listed, run);
    const texts = listed.map((group) => {
      const why = kindOf(kinds, group).notOptedIn(group, inspections.value.get(group.key), config.tags.optIn);
      return `${group.key} exists, but ${why}`;
    });
    return { exists: true, text: texts.join('; ') };
  }
  const [unseen] = [...failures, ...missed];
  return {
    exists: false,
    text:
      unseen === undefined
        ? `none of that name exists in ${where}, with or without the tag`
        : `none of that name was seen in ${where}, not all of which could be looked at (${unseen.message})`,
  };
}
