import { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Config } from '#core/config/config.ts';
import { calendarArn } from '#core/model/aws-names.ts';
import { ledgerPermissions } from './ledger-permissions.ts';

/** What `chaos_monkey` may do in its own account, other than writing its log and assuming target roles. */
export function monkeyPermissions({
  config,
  table,
  topics,
  deadLetters,
}: {
  readonly config: Pick<Config, 'gates'>;
  readonly table: Table;
  readonly topics: readonly ITopic[];
  readonly deadLetters: IQueue;
}): readonly PolicyStatement[] {
  const { account, region, partition } = Stack.of(table);
  const { alarms, changeCalendars } = config.gates;
  return [
    ledgerPermissions(table),
    new PolicyStatement({
      actions: ['sns:Publish'],
      resources: topics.map(({ topicArn }) => topicArn),
    }),
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
    ...(alarms.organization.length === 0
      ? []
      : [
          new PolicyStatement({
            actions: ['cloudwatch:DescribeAlarms'],
            // With a narrower scope, CloudWatch returns no composite alarms. Source: API reference, DescribeAlarms.
            resources: ['*'],
            conditions: { StringEquals: { 'aws:RequestedRegion': region } },
          }),
        ]),
    ...(changeCalendars.length === 0
      ? []
      : [
          new PolicyStatement({
            actions: ['ssm:GetCalendarState'],
            resources: changeCalendars.map((calendar) => calendarArn(partition, region, account, calendar)),
          }),
        ]),
  ];
}
