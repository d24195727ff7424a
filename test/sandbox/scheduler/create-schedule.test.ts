import { describe, expect, test } from 'vitest';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import { region, startsAt, target } from '../a-sandbox.ts';
import { aSchedule, at, dueAt, roleArn } from './a-schedule.ts';

const invalid = { name: 'ValidationException' };

// moto checks none of this: it is held to the API reference, CreateSchedule, and to the User Guide, "Using universal targets". That
// members are called as in the AWS SDK for Java is known from schedules that are in use.
describe('CreateSchedule', () => {
  test('needs to pass the role, to EventBridge Scheduler', async () => {
    const asked: AuthorizationRequest[] = [];
    const { create } = await aSchedule({ authorize: (request) => asked.push(request) > 0 });
    await create();
    expect(asked.slice(-2)).toMatchObject([
      {
        action: 'scheduler:CreateSchedule',
        resource: `arn:aws:scheduler:${region}:${target}:schedule/chaos-undo/strike-1`,
      },
      {
        action: 'iam:PassRole',
        resource: roleArn,
        context: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
      },
    ]);
  });

  test('needs a role that exists and trusts EventBridge Scheduler', async () => {
    const { sandbox, create } = await aSchedule();
    const Target = (RoleArn: string) => ({
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:lambda:deleteFunctionConcurrency',
        RoleArn,
        Input: '{"FunctionName":"web"}',
      },
    });
    for (const name of ['nobody', 'target']) {
      await expect(create(Target(`arn:aws:iam::${target}:role/${name}`))).rejects.toMatchObject(invalid);
    }
    const { arn } = sandbox.account('333333333333').role({
      name: 'undo',
      trust: { principal: 'scheduler.amazonaws.com' },
    });
    await expect(create(Target(arn))).rejects.toMatchObject(invalid);
  });

  test.each([
    { arn: 'lambda:getFunctionConcurrency' },
    { arn: 'lambda:listTags' },
    { arn: 'lambda' },
    { arn: 'lambda:PutFunctionConcurrency' },
    { json: '{' },
    { json: '[]' },
    { json: '{"functionName":"web","reservedConcurrentExecutions":5}' },
    { json: '{"FunctionName":"web"}' },
    { json: '{"FunctionName":"web","ReservedConcurrentExecutions":5,"Reserved":5}' },
    { arn: 'lambda:updateEventSourceMapping', json: '{"UUID":"1","Enabled":true}' },
    { arn: 's3:putBucketCors', json: '{"Bucket":"a","CORSConfiguration":{"CORSRules":[]}}' },
    { arn: 's3:putBucketCors', json: '{"Bucket":"a","CorsConfiguration":{"CORSRules":[]}}' },
    { arn: 's3:putBucketCors', json: '{"Bucket":"a","CorsConfiguration":{"CorsRules":[{"ID":"a"}]}}' },
    { ScheduleExpression: at(startsAt - 1000) },
    { ScheduleExpression: 'at(2026-11-23T10:00:00Z)' },
    { Name: 'with/slash' },
  ])('refuses %j', async (input) => {
    const { home, create } = await aSchedule();
    await expect(create(input)).rejects.toMatchObject(invalid);
    expect(home.schedules.all).toEqual([]);
  });

  test.each([
    { arn: 'lambda:deleteFunction' },
    { arn: 'lambda:putResourcePolicy', json: '{}' },
    { ScheduleExpression: 'rate(5 minutes)' },
    { ScheduleExpressionTimezone: 'Europe/Berlin' },
    { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } as const },
    { State: 'DISABLED' } as const,
  ])('does not implement %j', async (input) => {
    const { create } = await aSchedule();
    await expect(create(input)).rejects.toThrow('the sandbox does not implement');
  });

  test('takes the names of the AWS SDK for Java, nested ones too', async () => {
    const { home, create } = await aSchedule();
    const CorsRules = [{ Id: 'a', AllowedMethods: ['GET'], AllowedOrigins: ['*'] }];
    await create({
      arn: 's3:putBucketCors',
      json: JSON.stringify({ Bucket: 'a', CorsConfiguration: { CorsRules } }),
    });
    await create({
      Name: 'strike-2',
      arn: 'lambda:updateEventSourceMapping',
      json: '{"Uuid":"1","Enabled":true}',
    });
    expect(home.schedules.all).toHaveLength(2);
  });

  test('succeeds when it is sent again because its answer was lost', async () => {
    const { clock, sandbox, home, create } = await aSchedule();
    sandbox.disruptions.loseAnswer({ action: 'scheduler:CreateSchedule' }, 1);
    const creation = create();
    await clock.advance(10_000);
    await creation;
    expect(home.schedules.all).toHaveLength(1);
    await expect(create()).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test('a group that is deleted takes its schedules with it', async () => {
    const { clock, sandbox, home, web, create } = await aSchedule();
    await create();
    home.schedules.deleteGroup('chaos-undo');
    await expect(create({ Name: 'strike-2' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await clock.advance(dueAt - startsAt + 60_000);
    await sandbox.settle();
    expect(web.reserved).toBe(0);
  });
});
