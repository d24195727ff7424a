import type { DeleteFunctionConcurrencyRequest } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { findFunction, functionAccess, requireIdle } from './find-function.ts';

const action = 'lambda:DeleteFunctionConcurrency';

export const deleteFunctionConcurrency: Operation<DeleteFunctionConcurrencyRequest, object> = {
  action,
  inputs: ['FunctionName'],
  requires: ({ FunctionName }, scope) => functionAccess(action, FunctionName, scope),
  run: ({ FunctionName }, scope) => {
    const found = findFunction(FunctionName, scope);
    requireIdle(found, scope);
    found.reserved = undefined;
    return {};
  },
};
