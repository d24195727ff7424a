import type { Fact } from '../fact.ts';

export const throttlingIsReportedLate: Fact = {
  name: 'throttling-is-reported-late',
  claim:
    'CloudWatch has what DynamoDB throttled in a minute 3 minutes after that minute, and no value where it throttled nothing.',
  faults: ['dynamodb-throttle'],
  notTried: 'what a table throttles, and when, is best effort: burst capacity decides',
};
