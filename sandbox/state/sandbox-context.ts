import type { Clock } from '#core/ports/clock.ts';
import type { Bucket } from '../s3/bucket.ts';
import type { Agenda } from './agenda.ts';
import type { Ids } from './ids.ts';

/** What all parts of one sandbox share. */
export interface SandboxContext {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timings: Timings;
  readonly agenda: Agenda;
  /** By name: S3 gives each only once, whatever the account and the region. */
  readonly buckets: Map<string, Bucket>;
}

/** How long things take, in ms. */
export interface Timings {
  /** From `pending` to `running`. */
  readonly pendingMs: number;
  /** From `stopping` to `stopped`. */
  readonly stoppingMs: number;
  /** From `shutting-down` to `terminated`. */
  readonly shuttingDownMs: number;
  /** From an instance's end until its Auto Scaling group notices. */
  readonly healthCheckMs: number;
  /** From then until a new instance is launched in its place. */
  readonly replacementMs: number;
  /** From a first failed launch until the next attempt; each further delay is twice as long, up to an hour. */
  readonly launchRetryMs: number;
  /** For how long `LastUpdateStatus` of a Lambda function is `InProgress`. */
  readonly functionUpdateMs: number;
  /** For how long an event source mapping is `Enabling`, `Disabling` or `Updating`. */
  readonly mappingUpdateMs: number;
  /** From SendCommand until GetCommandInvocation knows of it. */
  readonly invocationListedMs: number;
  /** From SendCommand until the agent picks it up. */
  readonly commandPickUpMs: number;
  /** From then until the document's script has ended. */
  readonly commandRunMs: number;
  /** From a schedule's moment until its target is called: some time within a minute. */
  readonly scheduleDelayMs: number;
  /** From the first failed call of a schedule's target until the next; each further delay is twice as long. */
  readonly scheduleRetryMs: number;
  /** From the end of a minute until the metrics of that minute can be read. */
  readonly metricDelayMs: number;
  /** From an UpdateTable until the table is ACTIVE again, with the new values. */
  readonly tableUpdateMs: number;
  /** From a change of a table's policy until it is read; "a few seconds": DynamoDB API reference, PutResourcePolicy. */
  readonly tablePolicyReadMs: number;
  /** From then until requests are authorized by it; "some time": DynamoDB API reference, GetResourcePolicy. */
  readonly tablePolicyEffectMs: number;
  /** From a change of a bucket's configuration until it is read, and has an effect: S3 User Guide, "Amazon S3 data consistency model". */
  readonly bucketConfigurationMs: number;
  /** From a change of a queue's attributes until it has an effect; it is read at once. SQS API reference, SetQueueAttributes. */
  readonly queueAttributesMs: number;
  /** From a change of a topic's policy until it has an effect; it is read at once. */
  readonly topicPolicyMs: number;
  /** From a change in IAM until it is read. */
  readonly iamReadMs: number;
  /** From a change in IAM until requests are authorized by it. IAM User Guide, "Changes that I make are not always immediately visible". */
  readonly iamEffectMs: number;
  /** From a change of an API until it is deployed to a stage that deploys automatically. */
  readonly apiDeploymentMs: number;
}

/** About what AWS takes, which guarantees none of them. */
export const defaultTimings: Timings = {
  pendingMs: 20_000,
  stoppingMs: 30_000,
  shuttingDownMs: 30_000,
  healthCheckMs: 30_000,
  replacementMs: 30_000,
  launchRetryMs: 60_000,
  functionUpdateMs: 10_000,
  mappingUpdateMs: 30_000,
  invocationListedMs: 1_000,
  commandPickUpMs: 2_000,
  commandRunMs: 2_000,
  scheduleDelayMs: 30_000,
  scheduleRetryMs: 60_000,
  metricDelayMs: 60_000,
  tableUpdateMs: 10_000,
  tablePolicyReadMs: 3_000,
  tablePolicyEffectMs: 3_000,
  bucketConfigurationMs: 2_000,
  queueAttributesMs: 60_000,
  topicPolicyMs: 5_000,
  iamReadMs: 2_000,
  iamEffectMs: 15_000,
  apiDeploymentMs: 5_000,
};
