import type { Access, Scope } from '../service.ts';
import { findTable, tableAccess } from './find-table.ts';
import type { TableControl } from './table-control.ts';

/** The control plane of a table, by name or ARN. Throws when there is no such table in the caller's account and region. */
export function findControl(name: string | undefined, scope: Scope): TableControl {
  return scope.region.control(findTable(name, scope));
}

/** One that does not exist has no tags by which a policy could allow it. */
export function controlAccess(action: string, name: string | undefined, scope: Scope): Access {
  const access = tableAccess(action, name, scope);
  const table = [...scope.region.tables.values()].find(({ arn }) => arn === access.resource);
  return { ...access, resourceTags: table === undefined ? {} : scope.region.control(table).tags };
}
