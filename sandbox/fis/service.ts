import { ServiceException } from '@smithy/core/client';
import type { GetSafetyLeverRequest, GetSafetyLeverResponse } from '#aws/fis/get-safety-lever.ts';
import { awsErrors, jsonErrors } from '../aws-error.ts';
import type { Operation, Scope, Service } from '../service.ts';

const error = awsErrors(ServiceException);

const getSafetyLever: Operation<GetSafetyLeverRequest, GetSafetyLeverResponse> = {
  action: 'fis:GetSafetyLever',
  inputs: ['id'],
  requires: ({ id }, scope) => [{ action: 'fis:GetSafetyLever', resource: arnOf(id, scope) }],
  run: ({ id }, scope) => {
    if (id !== 'default') {
      throw error('ResourceNotFoundException', `Safety lever ${id} does not exist.`, 404);
    }
    return { safetyLever: { id, arn: arnOf(id, scope), state: scope.region.lever } };
  },
};

function arnOf(id: string, { region }: Scope): string {
  return `arn:${region.partition}:fis:${region.name}:${region.account}:safety-lever/${id}`;
}

export const fis: Service = {
  client: 'FisClient',
  operations: [getSafetyLever],
  // Names and statuses: FIS API reference, "Common Error Types".
  errors: jsonErrors(error, { throttled: 429, denied: 403 }),
};
