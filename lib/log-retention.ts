import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Long enough to look back over a quarter of strikes. What was struck is in the ledger besides. */
export const logRetention = RetentionDays.THREE_MONTHS;
