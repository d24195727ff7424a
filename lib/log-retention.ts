import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Long enough to review a quarter of strikes, which are also in the ledger. */
export const logRetention = RetentionDays.THREE_MONTHS;
