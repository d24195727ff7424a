import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { resourceAccess } from '../policies/resource-access.ts';
import type { Access, Scope } from '../service.ts';
import type { Item, Table } from './table.ts';
import type { TableControl } from './table-control.ts';

/** By name or ARN. Throws when there is none in the caller's account and region. */
export function findTable(name: string | undefined, { region }: Scope): Table {
  const table = region.tables.get(tableName(name));
  if (table === undefined || (name?.startsWith('arn:') && name !== table.arn)) {
    throw new ResourceNotFoundException({
      message: 'Requested resource not found',
      $metadata: { httpStatusCode: 400 },
    });
  }
  return table;
}

export function tableAccess(action: string, name: string | undefined, scope: Scope): Access {
  const { region } = scope;
  const table = region.tables.get(tableName(name));
  const arn = name?.startsWith('arn:')
    ? name
    : `arn:${region.partition}:dynamodb:${region.name}:${region.account}:table/${name}`;
  const control = table?.arn === arn ? region.control(table) : undefined;
  return resourceAccess(action, arn, control, scope);
}

/** The same, on the items of one partition: what has this key, and others. */
export function partitionAccess(
  action: string,
  { TableName, has }: { readonly TableName: string | undefined; readonly has: Item | undefined },
  scope: Scope,
): Access {
  const [partitionKey = ''] = scope.region.tables.get(tableName(TableName))?.keys ?? [];
  const { S: partition } = has?.[partitionKey] ?? {};
  const access = tableAccess(action, TableName, scope);
  return partition === undefined ? access : { ...access, context: { 'dynamodb:LeadingKeys': [partition] } };
}

/** The control plane of a table, found as above. */
export function findControl(name: string | undefined, scope: Scope): TableControl {
  return scope.region.control(findTable(name, scope));
}

function tableName(nameOrArn = ''): string {
  return nameOrArn.split(':table/').at(-1) ?? '';
}
