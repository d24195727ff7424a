import type { GetAccountSettingsRequest, GetAccountSettingsResponse } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';

export const getAccountSettings: Operation<GetAccountSettingsRequest, GetAccountSettingsResponse> = {
  action: 'lambda:GetAccountSettings',
  inputs: [],
  run: (_input, { region }) => ({
    AccountLimit: {
      ConcurrentExecutions: region.functions.concurrency,
      UnreservedConcurrentExecutions: region.functions.unreserved,
    },
    AccountUsage: { FunctionCount: region.functions.all.length },
  }),
};
