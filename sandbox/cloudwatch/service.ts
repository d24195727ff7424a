import type { Service } from '../service.ts';
import { describeAlarms } from './describe-alarms.ts';
import { cloudWatchErrors } from './errors.ts';

export const cloudWatch: Service = {
  client: 'CloudWatchClient',
  operations: [describeAlarms],
  errors: cloudWatchErrors,
};
