import type { Service } from '../service.ts';
import { describeScalableTargets } from './describe-scalable-targets.ts';
import { applicationAutoScalingErrors } from './errors.ts';

export const applicationAutoScaling: Service = {
  client: 'ApplicationAutoScalingClient',
  operations: [describeScalableTargets],
  errors: applicationAutoScalingErrors,
};
