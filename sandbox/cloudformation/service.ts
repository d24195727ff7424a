import type { Service } from '../service.ts';
import { describeStacks } from './describe-stacks.ts';
import { cloudFormationErrors } from './errors.ts';

export const cloudformation: Service = {
  client: 'CloudFormationClient',
  operations: [describeStacks],
  errors: cloudFormationErrors,
};
