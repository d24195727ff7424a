import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { expect } from 'vitest';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

const GroupName = 'chaos-undo';
const Name = 'strike-1';
const roleName = 'undo';

export const title = 'EventBridge Scheduler';

export function facts(fact: Fact): void {
  fact('a one-time schedule is created, read and deleted', async (account, aws) => {
    await arrange(account);
    const scheduler = client(account, aws);
    const { ScheduleArn } = await create(account, aws);
    expect(ScheduleArn).toBe(`arn:aws:scheduler:eu-west-1:${account.id}:schedule/${GroupName}/${Name}`);
    expect(await scheduler.send(new GetScheduleCommand({ Name, GroupName }))).toMatchObject({
      Arn: ScheduleArn,
      Name,
      GroupName,
      State: 'ENABLED',
      ScheduleExpression: 'at(2099-12-31T10:00:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:lambda:deleteFunctionConcurrency',
        RoleArn: roleArn(account),
        Input: '{"FunctionName":"web"}',
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      },
    });
    await scheduler.send(new DeleteScheduleCommand({ Name, GroupName }));
    const missing = { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } };
    await expect(scheduler.send(new GetScheduleCommand({ Name, GroupName }))).rejects.toMatchObject(missing);
    await expect(scheduler.send(new DeleteScheduleCommand({ Name, GroupName }))).rejects.toMatchObject(
      missing,
    );
  });

  fact('a name is taken once in a group', async (account, aws) => {
    await arrange(account);
    await create(account, aws);
    await expect(create(account, aws)).rejects.toMatchObject({ name: 'ConflictException' });
    await create(account, aws, 'default');
  });

  fact(
    'a schedule needs a group that exists',
    async (account, aws) => {
      await arrange(account);
      await expect(create(account, aws, 'nobody')).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    },
    'fails by itself',
  );

  fact('a group is read, if there is one', async (account, aws) => {
    await arrange(account);
    const scheduler = client(account, aws);
    expect(await scheduler.send(new GetScheduleGroupCommand({ Name: GroupName }))).toMatchObject({
      Arn: `arn:aws:scheduler:eu-west-1:${account.id}:schedule-group/${GroupName}`,
      State: 'ACTIVE',
    });
    await expect(scheduler.send(new GetScheduleGroupCommand({ Name: 'nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
}

function arrange(account: AccountUnderTest): Promise<void> {
  return account.arrange({
    sandbox: (at) => {
      at.account.role({ name: roleName, trust: { principal: 'scheduler.amazonaws.com' } });
      at.region.schedules.addGroup(GroupName);
    },
    moto: async (motoClient) => {
      await motoClient(SchedulerClient).send(new CreateScheduleGroupCommand({ Name: GroupName }));
    },
  });
}

function client(account: AccountUnderTest, aws: AwsUnderTest) {
  return aws.clients(SchedulerClient, account.scope());
}

function roleArn(account: AccountUnderTest): string {
  return `arn:aws:iam::${account.id}:role/${roleName}`;
}

function create(account: AccountUnderTest, aws: AwsUnderTest, group = GroupName) {
  return client(account, aws).send(
    new CreateScheduleCommand({
      Name,
      GroupName: group,
      ScheduleExpression: 'at(2099-12-31T10:00:00)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:lambda:deleteFunctionConcurrency',
        RoleArn: roleArn(account),
        Input: '{"FunctionName":"web"}',
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      },
    }),
  );
}
