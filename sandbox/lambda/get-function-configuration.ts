import type { FunctionConfiguration, GetFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { findFunction, functionAccess } from './find-function.ts';
import type { LambdaFunction } from './function.ts';

const action = 'lambda:GetFunctionConfiguration';

export const getFunctionConfiguration: Operation<GetFunctionConfigurationRequest, FunctionConfiguration> = {
  action,
  inputs: ['FunctionName'],
  requires: ({ FunctionName }, scope) => functionAccess(action, FunctionName, scope),
  run: ({ FunctionName }, scope) => configurationOf(findFunction(FunctionName, scope), scope.now),
};

/** With the values of the environment, as AWS answers: whoever reads a configuration reads secrets. */
export function configurationOf(found: LambdaFunction, now: number): FunctionConfiguration {
  const { handler, memorySize, timeout } = found.settings;
  return {
    FunctionName: found.name,
    FunctionArn: found.arn,
    Role: found.role,
    Runtime: found.runtime,
    Handler: handler,
    MemorySize: memorySize,
    Timeout: timeout,
    ...(Object.keys(found.environment).length > 0 && { Environment: { Variables: found.environment } }),
    LastModified: new Date(found.modifiedAt).toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    RevisionId: found.revisionAt(now),
    State: 'Active',
    LastUpdateStatus: found.isUpdatingAt(now) ? 'InProgress' : 'Successful',
    PackageType: 'Zip',
  };
}
