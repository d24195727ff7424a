import {
  type GetParameterRequest,
  type GetParameterResult,
  ParameterNotFound,
  SSMServiceException,
} from '@aws-sdk/client-ssm';
import { awsErrors, jsonErrors } from '../aws-error.ts';
import type { Operation, Scope, Service } from '../service.ts';
import { getCalendarState } from './get-calendar-state.ts';

const getParameter: Operation<GetParameterRequest, GetParameterResult> = {
  action: 'ssm:GetParameter',
  inputs: ['Name', 'WithDecryption'],
  requires: ({ Name = '' }, scope) => [{ action: 'ssm:GetParameter', resource: parameterArn(Name, scope) }],
  run: ({ Name = '', WithDecryption = false }, scope) => {
    const parameter = scope.region.parameters.get(Name);
    if (parameter === undefined) {
      throw new ParameterNotFound({ message: '', $metadata: { httpStatusCode: 400 } });
    }
    const { value, type } = parameter;
    const encrypted = type === 'SecureString' && !WithDecryption;
    return {
      Parameter: {
        Name,
        Type: type,
        Value: encrypted ? Buffer.from(value).toString('base64') : value,
        Version: 1,
        DataType: 'text',
        ARN: parameterArn(Name, scope),
      },
    };
  },
};

function parameterArn(name: string, { region }: Scope): string {
  return `arn:${region.partition}:ssm:${region.name}:${region.account}:parameter/${name.replace(/^\//, '')}`;
}

export const ssm: Service = {
  client: 'SSMClient',
  operations: [getParameter, getCalendarState],
  errors: jsonErrors(awsErrors(SSMServiceException)),
};
