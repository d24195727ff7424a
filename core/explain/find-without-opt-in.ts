import type { TargetAccount } from '../config/config.ts';
import { findKind, keyParts } from '../kinds/kind.ts';
import type { Failure } from '../model/failure.ts';
import type { RunContext } from '../model/run-context.ts';
import type { World } from '../ports/world.ts';
import { counted } from '../util/format.ts';

/** The most account-regions in which a name is searched without the tag filter; beyond that, the whole key is needed. */
const mostPlaces = 25;
/** How many groups of that name are listed. */
const maxListed = 5;

/**
 * Searches without the opt-in tag for a group that was not found with it. The text says why the group is not opted in, or that
 * there is none.
 */
export async function findWithoutOptIn(
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
    const text = `none of that name has, in ${where}${unseen}. To search without the tag, give its whole key`;
    return { exists: false, text };
  }
  const { kind, name = wanted } = keyParts(kinds, wanted) ?? {};
  const { value: found, failures } = await fleet.find(places, name, run);
  const groups = [...found.values()].filter((group) => kind === undefined || group.kind === kind);
  if (groups.length > 0) {
    const listed = groups.slice(0, maxListed);
    const inspections = await fleet.inspect(listed, run);
    const texts = listed.map((group) => {
      const why = findKind(kinds, group).notOptedIn(
        group,
        inspections.value.get(group.key),
        config.tags.optIn,
      );
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
        : `none of that name was seen in ${where}, not all of which could be searched (${unseen.message})`,
  };
}
