import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { preconditionFailed, validationError } from './errors.ts';
import { findFunction, functionAccess, requireIdle } from './find-function.ts';
import { configurationOf } from './get-function-configuration.ts';

const action = 'lambda:UpdateFunctionConfiguration';

/** Source: API reference, UpdateFunctionConfiguration, MemorySize, Timeout and Handler. */
const ranges = { memorySize: [128, 10_240], timeout: [1, 900] } as const;
const handlerPattern = /^\S{1,128}$/;

/** An update with the values that are there is one as well: warm environments go, the revision changes. */
export const updateFunctionConfiguration: Operation<
  UpdateFunctionConfigurationRequest,
  FunctionConfiguration
> = {
  action,
  inputs: ['FunctionName', 'MemorySize', 'Timeout', 'Handler', 'RevisionId'],
  requires: ({ FunctionName }, scope) => functionAccess(action, FunctionName, scope),
  run: ({ FunctionName, MemorySize, Timeout, Handler, RevisionId }, scope) => {
    checkRange('memorySize', MemorySize);
    checkRange('timeout', Timeout);
    if (Handler !== undefined && !handlerPattern.test(Handler)) {
      throw validationError(
        Handler,
        'handler',
        'Member must satisfy regular expression pattern: [^\\s]+ and have length less than or equal to 128',
      );
    }
    const found = findFunction(FunctionName, scope);
    requireIdle(found, scope);
    if (RevisionId !== undefined && RevisionId !== found.revisionAt(scope.now)) throw preconditionFailed();
    const settings = {
      ...(MemorySize !== undefined && { memorySize: MemorySize }),
      ...(Timeout !== undefined && { timeout: Timeout }),
      ...(Handler !== undefined && { handler: Handler }),
    };
    found.update(settings, scope.now);
    return configurationOf(found, scope.now);
  },
};

function checkRange(member: keyof typeof ranges, value: number | undefined): void {
  const [min, max] = ranges[member];
  if (value === undefined || (value >= min && value <= max)) return;
  const [bound, limit] = value < min ? ['greater', min] : ['less', max];
  throw validationError(value, member, `Member must have value ${bound} than or equal to ${limit}`);
}
