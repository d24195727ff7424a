import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { lambdaError, notFound } from './errors.ts';
import { findFunction, functionAccess } from './find-function.ts';

/** Of concurrency it knows only that where 0 is reserved nothing runs; no event waits for that to change. */
export const invoke: Operation<InvocationRequest, InvocationResponse> = {
  action: 'lambda:Invoke',
  inputs: ['FunctionName', 'Qualifier', 'InvocationType', 'Payload'],
  requires: ({ FunctionName, Qualifier }, scope) =>
    functionAccess('lambda:InvokeFunction', FunctionName, scope).map((access) => ({
      ...access,
      resource: Qualifier === undefined ? access.resource : `${access.resource}:${Qualifier}`,
    })),
  run: async ({ FunctionName, Qualifier, InvocationType = 'RequestResponse', Payload }, scope) => {
    if (InvocationType !== 'RequestResponse' && InvocationType !== 'Event') {
      throw new NotImplemented(`the invocation type ${InvocationType}`);
    }
    const found = findFunction(FunctionName, scope);
    if (Qualifier !== undefined && !found.qualifiers.has(Qualifier)) {
      throw notFound(`Function not found: ${found.arn}:${Qualifier}`);
    }
    if (found.reserved === 0) throw throttled();
    const { answer } = found;
    if (answer === undefined) throw new NotImplemented(`the code of the function ${found.name}`);
    const answered = call(answer, JSON.parse(Buffer.from(Payload ?? '{}').toString()));
    return InvocationType === 'Event' ? { StatusCode: 202 } : await answered;
  },
};

async function call(answer: (event: unknown) => unknown, event: unknown): Promise<InvocationResponse> {
  try {
    return { StatusCode: 200, Payload: asBlob((await answer(event)) ?? null) };
  } catch (error) {
    const { name, message } = Object(error);
    return {
      StatusCode: 200,
      FunctionError: 'Unhandled',
      Payload: asBlob({ errorType: name, errorMessage: message }),
    };
  }
}

/** Source: API reference, Invoke, TooManyRequestsException. */
function throttled(): Error {
  const error = lambdaError('TooManyRequestsException', 'Rate Exceeded.', 429);
  return Object.assign(error, { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
}

/** As the SDK gives it. */
function asBlob(value: unknown) {
  const bytes = Buffer.from(JSON.stringify(value));
  return Object.assign(new Uint8Array(bytes), { transformToString: () => bytes.toString() });
}
