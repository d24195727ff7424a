import type { Concurrency, PutFunctionConcurrencyRequest } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { invalidParameter, validationError } from './errors.ts';
import { findFunction, functionAccess, requireIdle } from './find-function.ts';

const action = 'lambda:PutFunctionConcurrency';

/** "Lambda reserves 100 units of concurrency for functions that don't": Developer Guide, "Configuring reserved concurrency". */
const minUnreserved = 100;

export const putFunctionConcurrency: Operation<PutFunctionConcurrencyRequest, Concurrency> = {
  action,
  inputs: ['FunctionName', 'ReservedConcurrentExecutions'],
  requires: ({ FunctionName }, scope) => functionAccess(action, FunctionName, scope),
  run: ({ FunctionName, ReservedConcurrentExecutions: wanted }, scope) => {
    if (wanted === undefined) {
      throw validationError('null', 'reservedConcurrentExecutions', 'Member must not be null');
    }
    if (wanted < 0) {
      throw validationError(
        wanted,
        'reservedConcurrentExecutions',
        'Member must have value greater than or equal to 0',
      );
    }
    const found = findFunction(FunctionName, scope);
    requireIdle(found, scope);
    if (wanted < found.provisionedTotal) {
      throw invalidParameter(
        `Specified ReservedConcurrentExecutions ${wanted} is below the function's provisioned concurrency of ${found.provisionedTotal}`,
      );
    }
    // What takes nothing from the others is accepted in an account that has given too much away, too.
    const { reserved = 0 } = found;
    if (wanted > reserved && scope.region.functions.unreserved + reserved - wanted < minUnreserved) {
      throw invalidParameter(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${minUnreserved}].`,
      );
    }
    found.reserved = wanted;
    return { ReservedConcurrentExecutions: wanted };
  },
};
