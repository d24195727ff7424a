import type { Tags } from '#core/model/group.ts';
import { ResourcePolicy } from '../policies/resource-policy.ts';

/** A standard queue as a scenario describes it. */
export interface QueueSeed {
  readonly name: string;
  readonly tags?: Tags;
  readonly policy?: object;
  /** The ARN of its dead-letter queue, and after how many attempts a message goes there. */
  readonly redrive?: { readonly to: string; readonly afterReceives: number };
}

/** An SQS queue without its messages. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly policy: ResourcePolicy;
  tags: Tags;
  readonly redrive: QueueSeed['redrive'];
  readonly #createdAt: number;
  #modifiedAt: number;

  constructor(
    { name, tags = {}, policy, redrive }: QueueSeed,
    { arn, url, now, lagMs }: { arn: string; url: string; now: number; lagMs: number },
  ) {
    this.name = name;
    this.arn = arn;
    this.url = url;
    this.tags = tags;
    this.policy = new ResourcePolicy(policy && JSON.stringify(policy), { inEffectAfterMs: lagMs });
    this.redrive = redrive;
    this.#createdAt = now;
    this.#modifiedAt = now;
  }

  policyInEffect(now: number): string | undefined {
    return this.policy.inEffectAt(now);
  }

  setPolicy(text: string | undefined, now: number): void {
    this.policy.set(text, now);
    this.#modifiedAt = now;
  }

  /** All that it has; the values of a new queue: SQS API reference, SetQueueAttributes. */
  attributes(): Readonly<Record<string, string>> {
    const policy = this.policy.latest;
    return {
      QueueArn: this.arn,
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: seconds(this.#createdAt),
      LastModifiedTimestamp: seconds(this.#modifiedAt),
      VisibilityTimeout: '30',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      DelaySeconds: '0',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
      ...(policy !== undefined && { Policy: policy }),
      ...(this.redrive !== undefined && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: this.redrive.to,
          maxReceiveCount: this.redrive.afterReceives,
        }),
      }),
    };
  }
}

function seconds(at: number): string {
  return String(Math.floor(at / 1000));
}
