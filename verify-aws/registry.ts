import type { Fact } from './fact.ts';
import { amazonLinuxLacksNetem } from './facts/amazon-linux-lacks-netem.ts';
import { apiTagsLimitChanges } from './facts/api-tags-limit-changes.ts';
import { connectionsSurviveSecurityGroups } from './facts/connections-survive-security-groups.ts';
import { corsTakesADeployment } from './facts/cors-takes-a-deployment.ts';
import { denyOfBucketEnds } from './facts/deny-of-bucket-ends.ts';
import { denyOfEverybodyIsTaken } from './facts/deny-of-everybody-is-taken.ts';
import { denyOfFunctionEnds } from './facts/deny-of-function-ends.ts';
import { denyOfQueueEnds } from './facts/deny-of-queue-ends.ts';
import { denyOfTableEnds } from './facts/deny-of-table-ends.ts';
import { denyOfTopicEnds } from './facts/deny-of-topic-ends.ts';
import { durableReplaysCountAsInvocations } from './facts/durable-replays-count-as-invocations.ts';
import { lambdaHasFallocate } from './facts/lambda-has-fallocate.ts';
import { managedInstancesScaleOtherwise } from './facts/managed-instances-scale-otherwise.ts';
import { polledSourcesAreNotDenied } from './facts/polled-sources-are-not-denied.ts';
import { removePermissionOfQueue } from './facts/remove-permission-of-queue.ts';
import { removePermissionOfTopic } from './facts/remove-permission-of-topic.ts';
import { scheduleDetachesPolicy } from './facts/schedule-detaches-policy.ts';
import { scheduleEnablesEventSource } from './facts/schedule-enables-event-source.ts';
import { scheduleRestoresCapacityOfTable } from './facts/schedule-restores-capacity-of-table.ts';
import { scheduleRestoresConcurrency } from './facts/schedule-restores-concurrency.ts';
import { scheduleRestoresConfiguration } from './facts/schedule-restores-configuration.ts';
import { scheduleRestoresCorsOfApi } from './facts/schedule-restores-cors-of-api.ts';
import { scheduleRestoresCorsOfBucket } from './facts/schedule-restores-cors-of-bucket.ts';
import { taggingApiListsNoRoles } from './facts/tagging-api-lists-no-roles.ts';
import { throttlingIsReportedLate } from './facts/throttling-is-reported-late.ts';

export const facts: readonly Fact[] = [
  amazonLinuxLacksNetem,
  apiTagsLimitChanges,
  connectionsSurviveSecurityGroups,
  corsTakesADeployment,
  denyOfBucketEnds,
  denyOfEverybodyIsTaken,
  denyOfFunctionEnds,
  denyOfQueueEnds,
  denyOfTableEnds,
  denyOfTopicEnds,
  durableReplaysCountAsInvocations,
  lambdaHasFallocate,
  managedInstancesScaleOtherwise,
  polledSourcesAreNotDenied,
  removePermissionOfQueue,
  removePermissionOfTopic,
  scheduleDetachesPolicy,
  scheduleEnablesEventSource,
  scheduleRestoresCapacityOfTable,
  scheduleRestoresConcurrency,
  scheduleRestoresConfiguration,
  scheduleRestoresCorsOfApi,
  scheduleRestoresCorsOfBucket,
  taggingApiListsNoRoles,
  throttlingIsReportedLate,
];
