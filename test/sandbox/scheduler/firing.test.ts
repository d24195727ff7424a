import { DeleteScheduleCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, test } from 'vitest';
import { iamAuthorizer } from '../../support/iam-authorizer.ts';
import { aSchedule, at, dueAt, roleArn } from './a-schedule.ts';

const GroupName = 'chaos-undo';
const Name = 'strike-1';
/** It is called within a minute. */
const calledAt = dueAt + 30_000;

async function setUp(...options: Parameters<typeof aSchedule>) {
  const world = await aSchedule(...options);
  const { clock, sandbox } = world;
  const until = async (moment: number) => {
    await clock.advance(moment - clock.now());
    await sandbox.settle();
  };
  return { ...world, until };
}

// moto fires nothing: this is held to the User Guide, "Schedule types", one-time, and to the API reference, RetryPolicy.
describe('a schedule', () => {
  test('calls its target within a minute of its moment, and is deleted', async () => {
    const { web, home, calls, create, until } = await setUp();
    await create();
    await until(calledAt - 1);
    expect(web.reserved).toBe(0);
    await until(calledAt);
    expect(web.reserved).toBe(5);
    expect(home.schedules.all).toEqual([]);
    expect(home.schedules.deliveries).toEqual([{ schedule: Name, at: calledAt, error: undefined }]);
    expect(calls.at(-1)).toMatchObject({
      action: 'lambda:PutFunctionConcurrency',
      resources: [web.arn],
      caller: expect.stringContaining(':assumed-role/undo/'),
      input: { FunctionName: 'web', ReservedConcurrentExecutions: 5 },
    });
  });

  test('that is not deleted after completion stays, and does not call again', async () => {
    const { web, home, create, until } = await setUp();
    await create({ ActionAfterCompletion: 'NONE' });
    await until(calledAt);
    web.reserved = 0;
    await until(calledAt + 86_400_000);
    expect(web.reserved).toBe(0);
    expect(home.schedules.get(Name, GroupName)).toMatchObject({ dueAt: undefined });
  });

  test('that was deleted calls nothing', async () => {
    const { web, scheduler, create, until } = await setUp();
    await create();
    await scheduler.send(new DeleteScheduleCommand({ Name, GroupName }));
    await until(calledAt + 86_400_000);
    expect(web.reserved).toBe(0);
  });

  test('has called before any call that comes later is answered', async () => {
    const { clock, scheduler, calls, create } = await setUp();
    await create();
    await clock.advance(calledAt - clock.now());
    await expect(scheduler.send(new DeleteScheduleCommand({ Name, GroupName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(calls.slice(-2).map(({ action }) => action)).toEqual([
      'lambda:PutFunctionConcurrency',
      'scheduler:DeleteSchedule',
    ]);
  });

  test('has called while a call that takes its time was on its way', async () => {
    const { clock, sandbox, scheduler, create } = await setUp();
    await create();
    sandbox.disruptions.slow({ action: 'scheduler:DeleteSchedule' }, 1_000);
    await clock.advance(calledAt - clock.now() - 500);
    const deletion = scheduler.send(new DeleteScheduleCommand({ Name, GroupName }));
    const refused = expect(deletion).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await clock.advance(1_000);
    await refused;
  });

  test('calls at its own moment, however late somebody looks, and in the order of time', async () => {
    const { home, web, create, until } = await setUp();
    const mapping = home.functions.map({ functionName: 'web', eventSourceArn: 'arn:aws:sqs:::q' });
    const json = (Enabled: boolean) => JSON.stringify({ Uuid: mapping.uuid, Enabled });
    const arn = 'lambda:updateEventSourceMapping';
    await create({ Name: 'second', ScheduleExpression: at(dueAt + 60_000), arn, json: json(true) });
    await create({ Name: 'first', arn, json: json(false) });
    await create({ arn: 'lambda:updateFunctionConfiguration', json: '{"FunctionName":"web","Timeout":9}' });
    await until(calledAt + 3_600_000);
    expect(home.schedules.deliveries.map(({ schedule, at: moment }) => [schedule, moment])).toEqual([
      ['first', calledAt],
      [Name, calledAt],
      ['second', calledAt + 60_000],
    ]);
    expect(mapping.modifiedAt(calledAt + 60_000)).toBe(calledAt + 60_000);
    expect(web.modifiedAt).toBe(calledAt);
    expect(web.isUpdatingAt(calledAt + 9_999)).toBe(true);
  });

  test('two that look at once see it call once', async () => {
    const { clock, sandbox, home, create } = await setUp({
      authorize: () => new Promise((resolve) => setImmediate(() => resolve(true))),
    });
    await create();
    await clock.advance(calledAt - clock.now());
    await Promise.all([sandbox.settle(), sandbox.settle()]);
    expect(home.schedules.deliveries).toHaveLength(1);
  });
});

describe('a call of a schedule that fails', () => {
  test('is tried again, later and later', async () => {
    const { sandbox, web, home, create, until } = await setUp();
    sandbox.disruptions.throttle({ action: 'lambda:PutFunctionConcurrency' }, 5);
    await create();
    await until(calledAt + 3_600_000);
    expect(web.reserved).toBe(5);
    expect(home.schedules.deliveries.map(({ at: moment }) => (moment - calledAt) / 60_000)).toEqual([
      0, 1, 3, 7, 15, 23,
    ]);
    expect(home.schedules.deliveries.at(-1)).toMatchObject({ error: undefined });
  });

  test('is tried as often as its retry policy says', async () => {
    const { home, web, create, until } = await setUp();
    const Target = (RetryPolicy: object) => ({
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionConcurrency',
        RoleArn: roleArn,
        Input: '{"FunctionName": "web", "ReservedConcurrentExecutions": 950}',
        RetryPolicy,
      },
    });
    await create({ Name: 'thrice', ...Target({ MaximumRetryAttempts: 2 }) });
    await create({ Name: 'young', ...Target({ MaximumEventAgeInSeconds: 180 }) });
    await expect(create(Target({ MaximumEventAgeInSeconds: 59 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await until(calledAt + 86_400_000);
    const of = (name: string) => home.schedules.deliveries.filter(({ schedule }) => schedule === name);
    expect(of('thrice')).toHaveLength(3);
    expect(of('young')).toHaveLength(2);
    expect(of('young')[0]?.error).toMatchObject({ name: 'InvalidParameterValueException' });
    expect(web.reserved).toBe(0);
    expect(home.schedules.all).toEqual([]);
  });

  test('is tried again when it took effect and its answer was lost', async () => {
    const { sandbox, web, home, create, until } = await setUp();
    sandbox.disruptions.loseAnswer({ action: 'lambda:PutFunctionConcurrency' }, 1);
    await create();
    await until(calledAt);
    expect(web.reserved).toBe(5);
    await until(calledAt + 60_000);
    expect(home.schedules.deliveries).toHaveLength(2);
  });

  test('takes no time, whatever the latency of calls', async () => {
    const { sandbox, web, create, until } = await setUp();
    await create();
    sandbox.disruptions.latencyMs = 1000;
    await until(calledAt);
    expect(web.reserved).toBe(5);
  });
});

describe('a schedule’s role', () => {
  const undoPolicy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'lambda:PutFunctionConcurrency',
        Resource: '*',
        Condition: { Null: { 'aws:ResourceTag/app': 'false' } },
      },
    ],
  };
  const authorizer = iamAuthorizer();

  async function authorized() {
    // The strike's own calls are not what this is about.
    return setUp({
      undoPolicy,
      authorize: (request) => request.identity.principal !== roleArn || authorizer(request),
    });
  }

  test('is what authorizes the call', async () => {
    const { web, home, create, until } = await authorized();
    await create({ Name: 'denied', arn: 'lambda:deleteFunctionConcurrency', json: '{"FunctionName":"web"}' });
    await create();
    await until(calledAt);
    expect(web.reserved).toBe(5);
    expect(home.schedules.deliveries).toMatchObject([
      { schedule: 'denied', error: { name: 'AccessDeniedException' } },
      { schedule: Name, error: undefined },
    ]);
  });

  test('may be given back its right in time', async () => {
    const { web, create, until } = await authorized();
    web.tags = {};
    await create();
    await until(calledAt + 30_000);
    expect(web.reserved).toBe(0);
    web.tags = { app: 'web' };
    await until(calledAt + 60_000);
    expect(web.reserved).toBe(5);
  });

  test('that is gone calls nothing', async () => {
    const { sandbox, web, home, create, until } = await setUp();
    await create();
    sandbox.account(home.account).roles.delete(roleArn);
    await until(calledAt);
    expect(web.reserved).toBe(0);
    expect(home.schedules.deliveries).toMatchObject([{ error: expect.any(Error) }]);
  });
});
