import type { Fact } from '../fact.ts';

export const durableReplaysCountAsInvocations: Fact = {
  name: 'durable-replays-count-as-invocations',
  claim: 'Each replay of a durable function passes through the failure layer like an invocation.',
  faults: ['lambda-latency', 'lambda-error'],
  notTried: 'it takes the SDK of durable functions, which this project does not have',
};
