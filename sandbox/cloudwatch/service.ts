import type { Service } from '../service.ts';
import { describeAlarms } from './describe-alarms.ts';
import { cloudWatchErrors } from './errors.ts';
import { getMetricData } from './get-metric-data.ts';

export const cloudwatch: Service = {
  client: 'CloudWatchClient',
  operations: [describeAlarms, getMetricData],
  errors: cloudWatchErrors,
};
