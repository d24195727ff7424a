import type { Tags } from '#core/model/group.ts';
import { ResourcePolicy } from '../policies/resource-policy.ts';
import { defaultPolicy } from './topic-policy.ts';

/** What a scenario may give a topic. */
export interface TopicSeed {
  readonly tags?: Tags;
  /** Left out: the one that every new topic has. */
  readonly policy?: object;
  /** Endpoints, by ARN, address or URL. */
  readonly subscriptions?: readonly string[];
}

/** An SNS topic and everything that was published to it. */
export class Topic {
  readonly arn: string;
  readonly messages: PublishedMessage[] = [];
  readonly policy: ResourcePolicy;
  readonly subscriptions: readonly string[];
  tags: Tags;

  constructor(arn: string, { tags = {}, policy, subscriptions = [] }: TopicSeed, lagMs: number) {
    this.arn = arn;
    this.tags = tags;
    this.subscriptions = subscriptions;
    this.policy = new ResourcePolicy(JSON.stringify(policy ?? defaultPolicy(arn)), {
      inEffectAfterMs: lagMs,
    });
  }

  policyInEffect(now: number): string | undefined {
    return this.policy.inEffectAt(now);
  }
}

export interface PublishedMessage {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly subject: string | undefined;
  /** What each protocol gets. The key `default` always exists, and is the only one of a message without structure. */
  readonly bodies: Readonly<Record<string, string>>;
  /** What filter policies of subscriptions match. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the subscribers of a protocol receive. */
export function selectBody(message: PublishedMessage, protocol: string): string {
  return message.bodies[protocol] ?? message.bodies.default ?? '';
}
