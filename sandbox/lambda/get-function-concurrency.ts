import type { GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { findFunction, functionAccess } from './find-function.ts';

const action = 'lambda:GetFunctionConcurrency';

/** Where nothing is reserved the answer has no member: 0 is a reservation. Source: https://github.com/aws/aws-sdk/issues/309. */
export const getFunctionConcurrency: Operation<
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse
> = {
  action,
  inputs: ['FunctionName'],
  requires: ({ FunctionName }, scope) => functionAccess(action, FunctionName, scope),
  run: ({ FunctionName }, scope) => {
    const { reserved } = findFunction(FunctionName, scope);
    return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
  },
};
