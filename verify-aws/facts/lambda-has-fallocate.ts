import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { doesNotHold, type Fact, holds } from '../fact.ts';

const code = `
import { spawnSync } from 'node:child_process';
export const handler = async () => {
  const { status, error } = spawnSync('fallocate', ['-l', '1048576', '/tmp/verify']);
  return error?.code ?? String(status);
};`;

export const lambdaHasFallocate: Fact = {
  name: 'lambda-has-fallocate',
  claim: 'The managed Node.js runtime of Lambda has the command fallocate, which would fill /tmp at once.',
  faults: ['lambda-disk'],
  check: {
    creates: ['a function', 'its role'],
    minutes: 2,
    cents: 0.1,
    run: async (bench) => {
      const { id } = await bench.make.function(code);
      const { Payload } = await bench.client(LambdaClient).send(new InvokeCommand({ FunctionName: id }));
      const answer = Buffer.from(Payload ?? []).toString('utf8');
      return answer === '"0"' ? holds('it ended with 0') : doesNotHold(`it ended with ${answer}`);
    },
  },
};
