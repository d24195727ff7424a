import type { GetParameterRequest, GetParameterResult } from '@aws-sdk/client-ssm';
import { NotImplemented } from '../not-implemented.ts';
import type { Access, Operation, Scope } from '../service.ts';
import { ssmError } from './errors.ts';

const action = 'ssm:GetParameter';

export const getParameter: Operation<GetParameterRequest, GetParameterResult> = {
  action,
  inputs: ['Name', 'WithDecryption'],
  requires: ({ Name }, scope) => [parameterAccess(action, Name, scope)],
  run: ({ Name = '', WithDecryption = false }, { region }) => {
    if (Name.includes(':')) throw new NotImplemented(`the version, label or ARN ${Name}`);
    const parameter = region.parameters.get(Name);
    if (parameter === undefined) throw ssmError('ParameterNotFound', '');
    const { value, type, version, arn, modifiedAt } = parameter;
    const encrypted = type === 'SecureString' && !WithDecryption;
    return {
      Parameter: {
        Name,
        Type: type,
        Value: encrypted ? Buffer.from(value).toString('base64') : value,
        Version: version,
        LastModifiedDate: new Date(modifiedAt),
        DataType: 'text',
        ARN: arn,
      },
    };
  },
};

export function parameterAccess(on: string, name = '', { region }: Scope): Access {
  const { parameters } = region;
  return {
    action: on,
    resource: parameters.arnOf(name),
    resourceTags: parameters.get(name)?.tags ?? {},
  };
}
