import type { DescribeDocumentRequest, DescribeDocumentResult } from '@aws-sdk/client-ssm';
import type { Access, Operation, Scope } from '../service.ts';
import type { Document } from './documents.ts';
import { ssmError } from './errors.ts';

const action = 'ssm:DescribeDocument';

export const describeDocument: Operation<DescribeDocumentRequest, DescribeDocumentResult> = {
  action,
  inputs: ['Name'],
  requires: ({ Name }, scope) => [documentAccess(action, Name, scope)],
  run: ({ Name }, scope) => {
    const { name, content } = findDocument(Name, scope);
    return {
      Document: {
        Name: name,
        DocumentType: 'Command',
        DocumentVersion: '1',
        SchemaVersion: content.schemaVersion,
        Status: 'Active',
        PlatformTypes: ['Linux'],
        Parameters: Object.entries(content.parameters ?? {}).map(([parameter, { type, default: value }]) => ({
          Name: parameter,
          Type: type,
          ...(value !== undefined && { DefaultValue: value }),
        })),
      },
    };
  },
};

/** Among the caller's own, in the call's region. */
export function findDocument(name: string | undefined, { region }: Scope): Document {
  const document = region.documents.get(name ?? '');
  if (document === undefined) throw ssmError('InvalidDocument', `Document with name ${name} does not exist.`);
  return document;
}

export function documentAccess(on: string, name = '', { region }: Scope): Access {
  const { documents } = region;
  return {
    action: on,
    resource: documents.arnOf(name),
    resourceTags: documents.get(name)?.tags ?? {},
  };
}
