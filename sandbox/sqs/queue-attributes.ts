import {
  type GetQueueAttributesRequest,
  type GetQueueAttributesResult,
  QueueAttributeName,
  type SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { checkPolicy } from './check-policy.ts';
import { invalidName } from './errors.ts';
import { findQueue, nameIn, queueAccess } from './find-queue.ts';

export const getQueueAttributes: Operation<GetQueueAttributesRequest, GetQueueAttributesResult> = {
  action: 'sqs:GetQueueAttributes',
  inputs: ['QueueUrl', 'AttributeNames'],
  requires: ({ QueueUrl }, scope) => [queueAccess('sqs:GetQueueAttributes', nameIn(QueueUrl), scope)],
  run: ({ QueueUrl, AttributeNames = [] }, scope) => {
    const queue = findQueue(QueueUrl, scope);
    const names: readonly string[] = AttributeNames;
    const unknown = names.find((name) => !Object.hasOwn(QueueAttributeName, name));
    if (unknown !== undefined) throw invalidName(unknown);
    const asked = Object.entries(queue.attributes()).filter(
      ([name]) => names.includes('All') || names.includes(name),
    );
    return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) };
  },
};

export const setQueueAttributes: Operation<SetQueueAttributesRequest, object> = {
  action: 'sqs:SetQueueAttributes',
  inputs: ['QueueUrl', 'Attributes'],
  requires: ({ QueueUrl }, scope) => [queueAccess('sqs:SetQueueAttributes', nameIn(QueueUrl), scope)],
  run: ({ QueueUrl, Attributes = {} }, scope) => {
    const queue = findQueue(QueueUrl, scope);
    const { Policy, ...others } = Attributes;
    const [other] = Object.keys(others);
    if (other !== undefined || Policy === undefined) {
      throw new NotImplemented(`SetQueueAttributes of ${other ?? 'nothing'}`);
    }
    if (Policy !== '') checkPolicy(Policy, queue);
    queue.setPolicy(Policy === '' ? undefined : Policy, scope.now);
    return {};
  },
};
