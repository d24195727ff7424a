import { InvalidPolicy, readPolicy } from '../policies/policy-document.ts';
import { invalidParameter } from './errors.ts';

/** Source: SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference", as are the actions. */
const most = { bytes: 30_720, statements: 100 };

const actionNames = [
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
] as const;
const allowedActions = new Set<string>(actionNames.map((name) => `sns:${name.toLowerCase()}`));

/** The policy of a new topic: its own account may do all of this. */
export function defaultPolicy(arn: string): object {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': arn.split(':')[4] } },
      },
    ],
  };
}

/** Throws unless SNS would take it for this topic. */
export function checkPolicy(text: string, arn: string): void {
  if (Buffer.byteLength(text) > most.bytes) throw invalidParameter('Policy Error: too large');
  try {
    const { statements } = readPolicy(text);
    if (statements.length > most.statements) throw new InvalidPolicy('too many statements');
    for (const { actions, resources } of statements) {
      if (actions.length === 0 || actions.some((action) => !allowedActions.has(action.toLowerCase()))) {
        throw invalidParameter('Policy statement action out of service scope!');
      }
      if (resources.length !== 1 || resources[0] !== arn) {
        throw new InvalidPolicy('the resource is not this topic');
      }
    }
  } catch (error) {
    if (error instanceof InvalidPolicy) throw invalidParameter(`Policy Error: ${error.message}`);
    throw error;
  }
}
