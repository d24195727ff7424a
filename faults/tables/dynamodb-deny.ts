import {
  DeleteResourcePolicyCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { codeOf } from '#core/util/error-text.ts';
import type { Tables } from '#targets/tables/kind.ts';
import { statementByHand } from '../shared/by-hand.ts';
import { policyFault } from '../shared/policy-fault.ts';

const actions = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:PartiQLSelect',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
] as const;

export const dynamodbDeny = policyFault<Tables, (typeof actions)[number]>({
  name: 'dynamodb-deny',
  summary: 'Denies reads and writes of a table and its indexes, by the policy of the table.',
  kind: 'dynamodb-table',
  actions,
  // Source: DynamoDB Developer Guide, "Resource-based policy considerations".
  quota: { bytes: 20_480 },
  // "Eventually consistent", and some seconds more until it is in effect: API reference, GetResourcePolicy, PutResourcePolicy.
  propagationMs: 30_000,
  leaves: 'writes that their callers have given up',
  permissions: [
    { action: 'dynamodb:DescribeTable', on: 'table', phases: ['prepare'] },
    { action: 'dynamodb:GetResourcePolicy', on: 'table', phases: ['prepare', 'inject', 'undo'] },
    { action: 'dynamodb:PutResourcePolicy', on: 'table', phases: ['inject', 'undo'] },
    { action: 'dynamodb:DeleteResourcePolicy', on: 'table', phases: ['undo'] },
  ],
  resource: 'table',
  resourcesOf: (arn) => [arn, `${arn}/index/*`],

  unfit: async (aws, { id }, { principal }) => {
    const { Table } = await aws.client(DynamoDBClient).send(new DescribeTableCommand({ TableName: id }));
    // Replication acts as a role, which a Deny for everybody hits as well.
    return (Table?.Replicas ?? []).length > 0 && principal === undefined
      ? 'it has replicas, whose replication would be denied too: only a principal can be denied'
      : undefined;
  },

  calls: {
    read: async (aws, { arns: { table } }) => {
      try {
        const command = new GetResourcePolicyCommand({ ResourceArn: table });
        const { Policy, RevisionId } = await aws.client(DynamoDBClient).send(command);
        return { text: Policy, revision: RevisionId };
      } catch (error) {
        if (codeOf(error) !== 'PolicyNotFoundException') throw error;
        return { text: undefined, revision: 'NO_POLICY' };
      }
    },
    write: async (aws, { arns: { table } }, Policy, ExpectedRevisionId) => {
      const command = new PutResourcePolicyCommand({ ResourceArn: table, Policy, ExpectedRevisionId });
      await aws.client(DynamoDBClient).send(command);
    },
    remove: async (aws, { arns: { table } }, ExpectedRevisionId) => {
      const command = new DeleteResourcePolicyCommand({ ResourceArn: table, ExpectedRevisionId });
      await aws.client(DynamoDBClient).send(command);
    },
    gone: ['ResourceNotFoundException'],
    // The first within 15 seconds of another update; the second where it has another revision than was read.
    busy: ['ResourceInUseException', 'PolicyNotFoundException'],
  },

  byHand: (sid, { region, arns: { table } }, { wasAbsent }) => {
    const on = `--resource-arn ${table} --region ${region}`;
    return statementByHand(sid, wasAbsent, {
      get: `aws dynamodb get-resource-policy ${on} --query Policy --output text`,
      put: `aws dynamodb put-resource-policy ${on} --policy`,
      remove: `aws dynamodb delete-resource-policy ${on}`,
    });
  },
});
