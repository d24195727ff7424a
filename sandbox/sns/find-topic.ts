import { NotFoundException } from '@aws-sdk/client-sns';
import { resourceAccess } from '../policies/resource-access.ts';
import type { Access, Scope } from '../service.ts';
import { invalidParameter } from './errors.ts';
import type { Topic } from './topic.ts';

/** Throws when there is none in the caller's account and region. */
export function findTopic(arn = '', { region }: Scope): Topic {
  const [, , , topicRegion] = arn.split(':');
  if (topicRegion !== region.name) throw invalidParameter('TopicArn');
  const topic = region.topics.get(arn);
  if (topic === undefined) {
    throw new NotFoundException({ message: 'Topic does not exist', $metadata: { httpStatusCode: 404 } });
  }
  return topic;
}

export function topicAccess(action: string, arn = '*', scope: Scope): Access {
  return resourceAccess(action, arn, scope.region.topics.get(arn), scope);
}
