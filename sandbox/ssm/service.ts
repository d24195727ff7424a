import {
  type GetParameterRequest,
  type GetParameterResult,
  ParameterNotFound,
  SSMServiceException,
} from '@aws-sdk/client-ssm';
import { awsErrors } from '../aws-error.ts';
import type { Operation, Service } from '../service.ts';
import { getCalendarState } from './get-calendar-state.ts';

const error = awsErrors(SSMServiceException);

const getParameter: Operation<GetParameterRequest, GetParameterResult> = {
  action: 'ssm:GetParameter',
  heeds: ['Name', 'WithDecryption'],
  accesses: ({ Name = '' }, { region }) => [
    {
      action: 'ssm:GetParameter',
      resource: `arn:${region.partition}:ssm:${region.name}:${region.account}:parameter/${Name.replace(/^\//, '')}`,
    },
  ],
  run: ({ Name = '', WithDecryption = false }, { region }) => {
    const parameter = region.parameters.get(Name);
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
        ARN: `arn:${region.partition}:ssm:${region.name}:${region.account}:parameter/${Name.replace(/^\//, '')}`,
      },
    };
  },
};

export const ssm: Service = {
  client: 'SSMClient',
  operations: { GetParameterCommand: getParameter, GetCalendarStateCommand: getCalendarState },
  errors: {
    throttled: () => error('ThrottlingException', 'Rate exceeded'),
    denied: (message) => error('AccessDeniedException', message),
    expired: () => error('ExpiredTokenException', 'The security token included in the request is expired'),
    unknown: () =>
      error('UnrecognizedClientException', 'The security token included in the request is invalid.'),
  },
};
