import type { Access, Scope } from '../service.ts';
import { ec2Error } from './errors.ts';
import type { Instance } from './instance.ts';

/** The instances with these ids. Throws unless all of them exist. */
export function findInstances(
  ids: readonly string[] | undefined,
  { region, now }: Scope,
): readonly Instance[] {
  if (ids === undefined || ids.length === 0) {
    throw ec2Error('MissingParameter', 'The request must contain the parameter InstanceId');
  }
  const malformed = ids.find((id) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw ec2Error('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`);
  }
  const unique = [...new Set(ids)];
  const found = unique.flatMap((id) => region.instanceAt(now, id) ?? []);
  if (found.length === unique.length) return found;
  const missing = unique.filter((id) => found.every((instance) => instance.id !== id));
  throw ec2Error(
    'InvalidInstanceID.NotFound',
    missing.length === 1
      ? `The instance ID '${missing[0]}' does not exist`
      : `The instance IDs '${missing.join(', ')}' do not exist`,
  );
}

/** An action on each of these instances. One that does not exist has no tags by which a policy could allow it. */
export function instanceAccess(
  action: string,
  ids: readonly string[] | undefined,
  { region, now }: Scope,
): readonly Access[] {
  return (ids ?? []).map((id) => ({
    action,
    resource: region.instanceArn(id),
    resourceTags: region.instanceAt(now, id)?.tags ?? {},
  }));
}
