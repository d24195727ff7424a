import type { Config, TargetAccount } from '../config/config.ts';
import type { Failure } from '../model/failure.ts';
import type { Group, InspectedInstance } from '../model/group.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Fleet } from '../ports/fleet.ts';
import { counted } from '../util/format.ts';
import { listFirst } from '../util/list-first.ts';

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
  { fleet, config }: { readonly fleet: Fleet; readonly config: Config },
): Promise<{ readonly exists: boolean; readonly text: string }> {
  const places = scope.flatMap(({ id, regions }) => regions.map((region) => ({ account: id, region })));
  const where = counted(places.length, 'account-region');
  if (places.length > mostPlaces) {
    const unseen = missed.length === 0 ? '' : `; ${counted(missed.length, 'place')} could not be surveyed`;
    const text = `none of that name has, in ${where}${unseen}. Give its whole key to have it looked for without the tag`;
    return { exists: false, text };
  }
  const [, kind, name = wanted] = /^\d{12}\/[a-z0-9-]+\/(asg|tag)\/(.+)$/s.exec(wanted) ?? [];
  const { value: found, failures } = await fleet.find(places, name, run);
  const groups = [...found.values()].filter((group) => kind === undefined || group.kind === kind);
  if (groups.length > 0) {
    const listed = groups.slice(0, maxListed);
    const inspections = await fleet.inspect(listed, run);
    const texts = listed.map((group) => tagText(group, inspections.value.get(group.key)?.instances, config));
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

/** Which tag is missing, and on what. */
function tagText(
  { key, kind, tags, members }: Group,
  instances: readonly InspectedInstance[] | undefined,
  { tags: { optIn } }: Config,
): string {
  const tag = `${optIn.key}=${optIn.value}`;
  const value = tags[optIn.key];
  const has = value === undefined ? '' : ` (it has ${optIn.key}=${value})`;
  const group =
    kind === 'asg' ? `the group has no tag ${tag}${has}` : `none of its instances has the tag ${tag}${has}`;
  if (kind === 'tag' || members.length === 0) return `${key} exists, but ${group}`;
  if (instances === undefined) return `${key} exists, but ${group}; its instances could not be looked up`;
  const lacking = instances
    .filter((instance) => instance.tags[optIn.key] !== optIn.value)
    .map(({ instanceId }) => instanceId);
  const also =
    lacking.length === 0
      ? 'all its instances have it'
      : `nor have ${lacking.length} of its ${counted(instances.length, 'instance')}: ${listFirst(lacking)}`;
  return `${key} exists, but ${group}; ${also}`;
}
