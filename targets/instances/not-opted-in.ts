import type { Kind } from '#core/kinds/kind.ts';
import { counted } from '#core/util/format.ts';
import { listFirst } from '#core/util/list-first.ts';
import type { InstanceTypes } from './model.ts';

/** Which tag is missing, and where. */
export const notOptedIn: Kind<InstanceTypes>['notOptedIn'] = ({ kind, tags, members }, inspection, optIn) => {
  const tag = `${optIn.key}=${optIn.value}`;
  const value = tags[optIn.key];
  const has = value === undefined ? '' : ` (it has ${optIn.key}=${value})`;
  const group =
    kind === 'asg' ? `the group has no tag ${tag}${has}` : `none of its instances has the tag ${tag}${has}`;
  if (kind === 'tag' || members.length === 0) return group;
  if (inspection === undefined) return `${group}; its instances could not be inspected`;
  const { instances } = inspection;
  const lacking = instances
    .filter((instance) => instance.tags[optIn.key] !== optIn.value)
    .map(({ instanceId }) => instanceId);
  const also =
    lacking.length === 0
      ? 'all its instances have it'
      : `${lacking.length} of its ${counted(instances.length, 'instance')} also lack it: ${listFirst(lacking)}`;
  return `${group}; ${also}`;
};
