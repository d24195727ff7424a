import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import type { Operation, Service } from '../service.ts';
import { assumeRole } from './assume-role.ts';
import { stsErrors } from './errors.ts';

/** Requires no permission: no policy can deny it. */
const getCallerIdentity: Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> = {
  action: 'sts:GetCallerIdentity',
  inputs: [],
  requires: () => [],
  run: (_input, { identity }) => ({
    Account: identity.account,
    Arn: identity.arn,
    UserId: identity.userId,
  }),
};

export const sts: Service = {
  client: 'STSClient',
  operations: [assumeRole, getCallerIdentity],
  errors: stsErrors,
};
