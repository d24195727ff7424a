import type { Access, Scope } from '../service.ts';
import type { Role } from '../sts/role.ts';
import { noSuchEntity } from './errors.ts';

/** Among the caller's own. */
export function findRole(name: string | undefined, scope: Scope): Role {
  const role = look(name, scope);
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

export function roleAccess(action: string, name: string | undefined, scope: Scope): Access {
  const role = look(name, scope);
  const { partition, account } = scope.region;
  return {
    action,
    resource: role?.arn ?? `arn:${partition}:iam::${account}:role/${name}`,
    resourceTags: role?.tags ?? {},
  };
}

function look(name: string | undefined, { region, account }: Scope): Role | undefined {
  const roles = account(region.account)?.roles.values() ?? [];
  return [...roles].find((role) => role.name === name);
}
