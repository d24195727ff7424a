import type { Service } from '../service.ts';
import { describeAlarms } from './describe-alarms.ts';
import { cloudWatchErrors } from './errors.ts';

export const cloudwatch: Service = {
  client: 'CloudWatchClient',
  operations: [describeAlarms],
  errors: cloudWatchErrors,
};
