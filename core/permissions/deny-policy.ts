import { type PolicyDocument, policyOf } from './policy-document.ts';

/** The managed policy in every target account that the fault `iam-deny` attaches to roles, and the only one that it can attach. */
export const denyPolicyName = 'chaos-deny-data';

/** `partition` and `account` may be deploy-time tokens. */
export function denyPolicyArn(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:policy/${denyPolicyName}`;
}

/**
 * What applications do with their data and with each other, by service. Nothing that changes permissions, so that a role that has
 * the policy by mistake can still be mended with its own rights; and no logs, metrics or traces, so that the fault can be watched.
 */
const dataActions = [
  ...['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:ConditionCheckItem'],
  ...['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:GetRecords', 'dynamodb:PartiQLDelete'],
  ...['dynamodb:PartiQLInsert', 'dynamodb:PartiQLSelect', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem'],
  ...['dynamodb:Query', 'dynamodb:Scan', 'dynamodb:UpdateItem'],
  ...['events:PutEvents', 'execute-api:Invoke', 'firehose:PutRecord', 'firehose:PutRecordBatch'],
  ...['kinesis:GetRecords', 'kinesis:PutRecord', 'kinesis:PutRecords', 'kinesis:SubscribeToShard'],
  ...['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
  ...['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'],
  ...['rds-data:BatchExecuteStatement', 'rds-data:ExecuteStatement'],
  ...['s3:DeleteObject', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:PutObject'],
  ...['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'],
  ...['sns:Publish', 'sqs:DeleteMessage', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
  ...['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
  ...['states:StartExecution', 'states:StartSyncExecution'],
] as const;

/** It carries no end, as it is made before any strike: a managed policy cannot say until when. */
export const denyPolicy: PolicyDocument = policyOf([
  { Sid: 'ChaosDenyData', Effect: 'Deny', Action: dataActions, Resource: ['*'] },
]);
