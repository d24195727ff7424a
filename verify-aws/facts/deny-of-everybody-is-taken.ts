import { GetResourcePolicyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { codeOf, messageOf } from '#core/util/error-text.ts';
import { lambdaDeny } from '#faults/functions/lambda-deny.ts';
import { doesNotHold, type Fact, holds } from '../fact.ts';
import { struckWith } from '../shared/struck.ts';

export const denyOfEverybodyIsTaken: Fact = {
  name: 'deny-of-everybody-is-taken',
  claim: 'Lambda takes a policy that denies everybody, though it refuses one that allows everybody.',
  faults: ['lambda-deny'],
  check: {
    creates: ['a function', 'its role'],
    minutes: 2,
    cents: 0.1,
    run: async (bench) => {
      const target = await bench.make.function();
      try {
        await struckWith(bench, lambdaDeny, target, { minutes: 5 }, 60_000);
      } catch (error) {
        return doesNotHold(`${codeOf(error)}: ${messageOf(error)}`);
      }
      const command = new GetResourcePolicyCommand({ ResourceArn: target.arns.function });
      const { Policy = '' } = await bench.client(LambdaClient).send(command);
      return holds(`it was taken: ${Policy.length} characters`);
    },
  },
};
