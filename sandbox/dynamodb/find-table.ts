import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { Access, Scope } from '../service.ts';
import type { Table } from './table.ts';

/** By name or ARN. Throws when there is none in the caller's account and region. */
export function findTable(name: string | undefined, { region }: Scope): Table {
  const table = region.tables.get(name?.split(':table/').at(-1) ?? '');
  if (table === undefined || (name?.startsWith('arn:') && name !== table.arn)) {
    throw new ResourceNotFoundException({
      message: 'Requested resource not found',
      $metadata: { httpStatusCode: 400 },
    });
  }
  return table;
}

export function tableAccess(action: string, name: string | undefined, { region }: Scope): Access {
  const arn = `arn:${region.partition}:dynamodb:${region.name}:${region.account}:table/${name}`;
  return { action, resource: name?.startsWith('arn:') ? name : arn };
}
