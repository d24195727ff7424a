import type { Fact } from '../fact.ts';

export const managedInstancesScaleOtherwise: Fact = {
  name: 'managed-instances-scale-otherwise',
  claim: 'Functions on Lambda Managed Instances are limited by PutFunctionScalingConfig alone.',
  faults: ['lambda-concurrency'],
  notTried: 'it takes a capacity provider, whose instances cost dollars',
};
