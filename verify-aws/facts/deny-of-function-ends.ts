import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaDeny } from '#faults/functions/lambda-deny.ts';
import type { Fact } from '../fact.ts';
import { denyEnds } from '../shared/deny-ends.ts';

export const denyOfFunctionEnds: Fact = {
  name: 'deny-of-function-ends',
  claim: 'A Deny with DateLessThan in the policy of a function denies until that moment, and no longer.',
  faults: ['lambda-deny'],
  check: denyEnds({
    fault: lambdaDeny,
    make: (make) => make.function(),
    creates: ['a function', 'its role'],
    cents: 0.1,
    parameters: { minutes: 5 },
    attempt: (bench, { id }) =>
      bench.client(LambdaClient).send(new InvokeCommand({ FunctionName: id, InvocationType: 'DryRun' })),
  }),
};
