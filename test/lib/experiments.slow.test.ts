import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { AlarmOrder } from '#core/undo/stop-by-alarm.ts';
import { parse } from '#core/util/parse.ts';
import { StartRequest } from '#lambdas/chaos-experiment-control/start-request.ts';
import type { WrittenConfig } from '#lib/config/define-config.ts';
import { masterRoleName } from '#target-role/names.ts';
import { aConfig } from '../support/a-config.ts';
import { nagFindings } from '../support/nag.ts';
import { resolveTemplate, roleNamed } from '../support/resolved-template.ts';
import { masterStack, templateOf } from '../support/synth.ts';

const Statements = z.object({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.string() });
const master = { account: '111111111111', region: 'eu-west-1' };
const stackOf = (overrides: Partial<WrittenConfig> = {}) => masterStack(aConfig(overrides));
const deployed: Partial<WrittenConfig> = { experiments: { deploy: true } };
const template = Template.fromStack(stackOf(deployed));
const resolved = resolveTemplate(templateOf(stackOf(deployed)), master);
const experimentArn = 'arn:aws:lambda:eu-west-1:111111111111:function:chaos_experiment';

const Events = z.object({
  EventPattern: z.unknown(),
  Targets: z.array(
    z.object({
      Arn: z.string(),
      InputTransformer: z.object({
        InputPathsMap: z.record(z.string(), z.string()),
        InputTemplate: z.string(),
      }),
    }),
  ),
});
type Transformer = z.infer<typeof Events>['Targets'][number]['InputTransformer'];

/** Source: CloudWatch User Guide, "Alarm events and EventBridge". */
const anEvent = {
  ...{ version: '0', id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92', source: 'aws.cloudwatch' },
  ...{ 'detail-type': 'CloudWatch Alarm State Change', account: '111111111111', region: 'eu-west-1' },
  time: '2026-11-23T09:00:20Z',
  resources: ['arn:aws:cloudwatch:eu-west-1:111111111111:alarm:checkout "5xx": high'],
  detail: {
    alarmName: 'checkout "5xx": high',
    state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-11-23T09:00:20.123+0000' },
    previousState: { value: 'OK', reason: '', timestamp: '2026-11-23T08:00:00.000+0000' },
    configuration: { metrics: [] },
  },
};

/** What EventBridge makes of an event. */
function transformed(event: object, transformer: Transformer | undefined): unknown {
  const { InputPathsMap = {}, InputTemplate = '' } = transformer ?? {};
  const valueAt = (path: string) =>
    path
      .split('.')
      .slice(1)
      .reduce<unknown>((value, key) => Object(value)[key], event);
  const text = InputTemplate.replaceAll(/<([\w-]+)>/g, (_, name) =>
    JSON.stringify(valueAt(InputPathsMap[name] ?? '')),
  );
  return JSON.parse(text);
}

describe('a stack with experiments', () => {
  test('has what they take in addition, and changes nothing else', () => {
    const before = templateOf(stackOf()).Resources;
    const after = templateOf(stackOf(deployed)).Resources;
    expect(Object.keys(before).filter((id) => after[id] === undefined)).toEqual([]);
    const added = Object.entries(after).filter(([id]) => before[id] === undefined);
    const text = JSON.stringify(Object.fromEntries(added));
    expect(JSON.parse(text.replaceAll(/[0-9a-f]{32,64}/g, 'HASH'))).toMatchSnapshot();
  });

  test('names the bucket of the reports, for the command line', () => {
    const [bucket] = Object.keys(template.findResources('AWS::S3::Bucket'));
    template.hasOutput('ReportsBucket', { Value: { Ref: bucket } });
    expect(Object.keys(templateOf(stackOf()).Outputs ?? {})).not.toContain('ReportsBucket');
  });

  test('is there only where it is asked for', () => {
    const names = Object.values(templateOf(stackOf()).Resources).map(
      ({ Properties }) => Properties?.FunctionName,
    );
    expect(names.filter((name) => String(name).startsWith('chaos_experiment'))).toEqual([]);
    const template = JSON.stringify(templateOf(stackOf()));
    expect(template.match(/chaos_experiment|\/experiments|DurableExecution|ReportsBucket/g)).toBeNull();
  });

  test('passes cdk-nag', () => {
    expect(nagFindings(stackOf(deployed))).toEqual([]);
  });
});

describe('the function chaos_experiment', () => {
  test('is durable, and keeps the versions on which executions go on', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      ...{ FunctionName: 'chaos_experiment', Timeout: 900 },
      DurableConfig: { ExecutionTimeout: 366 * 24 * 3_600, RetentionPeriodInDays: 90 },
    });
    const [version, ...others] = Object.entries(template.findResources('AWS::Lambda::Version')).flatMap(
      ([id, one]) => (id.includes('ExperimentsControl') ? [] : [one]),
    );
    expect(others).toEqual([]);
    expect(version).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.hasResourceProperties('AWS::Lambda::Alias', { Name: 'live' });
  });

  test('runs as whom the target accounts trust already, with these permissions more than the monkey', () => {
    const [policy, ...others] = Object.values(resolved).filter(
      ({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties.PolicyName === 'chaos_experiment',
    );
    expect(others).toEqual([]);
    expect(policy?.Properties.Roles).toEqual([masterRoleName]);
    const { Statement } = z
      .object({ Statement: z.array(Statements) })
      .parse(policy?.Properties.PolicyDocument);
    expect(Statement.map(({ Action, Resource }) => [[Action].flat().join(), Resource])).toEqual([
      [
        'logs:CreateLogStream,logs:PutLogEvents',
        'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/chaos_experiment:*',
      ],
      ['lambda:CheckpointDurableExecution,lambda:GetDurableExecutionState', `${experimentArn}:*`],
      ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111111111111:function:chaos_janitor'],
      ['s3:PutObject', expect.stringMatching(/^arn:aws:s3:::\w+\/experiments\/\*$/)],
      ['ssm:GetParameter', 'arn:aws:ssm:*:111111111111:parameter/chaos-monkey/probes/*'],
    ]);
    expect(JSON.parse(JSON.stringify(policy?.Properties.PolicyDocument)).Statement.at(-1).Condition).toEqual({
      StringEquals: { 'aws:RequestedRegion': 'eu-west-1' },
    });
  });

  test('its role has room for it beside the accounts of a large organization', () => {
    const accounts = Array.from({ length: 60 }, (_, index) => String(200_000_000_000 + index));
    const large = stackOf({ ...deployed, accounts, organization: 'o-aaaaaaaaaa' });
    const { inlinePolicies } = roleNamed(resolveTemplate(templateOf(large), master), masterRoleName);
    const length = inlinePolicies.reduce((sum: number, one) => sum + JSON.stringify(one).length, 0);
    // IAM's limit is 10,240.
    expect(length).toBeLessThan(9_500);
  });

  test('where it dies, the janitor undoes at once what its run has in place', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.lambda'],
        'detail-type': ['Durable Execution Status Change'],
        detail: Match.objectLike({ status: ['FAILED', 'TIMED_OUT', 'STOPPED'] }),
      },
      Targets: [
        Match.objectLike({
          InputTransformer: {
            InputPathsMap: { 'detail-durableExecutionName': '$.detail.durableExecutionName' },
            InputTemplate: '{"run":<detail-durableExecutionName>}',
          },
        }),
      ],
    });
    const rule = Object.values(resolved).find(
      ({ Type, Properties }) =>
        Type === 'AWS::Events::Rule' && JSON.stringify(Properties).includes('Durable Execution'),
    );
    expect(rule?.Properties.EventPattern).toMatchObject({
      detail: { durableExecutionArn: [{ prefix: `${experimentArn}:` }] },
    });
  });
});

describe('an alarm of the account that goes off', () => {
  const rule = Object.values(resolved).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Events::Rule' && JSON.stringify(Properties).includes('Alarm State Change'),
  );
  const { EventPattern, Targets } = Events.parse(rule?.Properties);

  test('wakes the janitor, whatever its name: a file that somebody starts by hand is not known here', () => {
    expect(EventPattern).toEqual({
      ...{ source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] },
      // Another bus may forward what is of other accounts and regions.
      ...{ account: ['111111111111'], region: ['eu-west-1'] },
      detail: { state: { value: ['ALARM'] } },
    });
    const [target, ...others] = Targets;
    expect(others).toEqual([]);
    expect(target?.Arn).toBe('arn:aws:lambda:eu-west-1:111111111111:function:chaos_janitor');
  });

  test('tells it which one', () => {
    const order = transformed(anEvent, Targets[0]?.InputTransformer);
    expect(parse(AlarmOrder, order, 'order')).toEqual({
      alarm: {
        ...{ account: '111111111111', region: 'eu-west-1', name: 'checkout "5xx": high' },
        at: '2026-11-23T09:00:20Z',
      },
    });
  });

  test('lets no other rule call it', () => {
    const permissions = Object.values(resolved).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Lambda::Permission' && Properties.Principal === 'events.amazonaws.com',
    );
    for (const { Properties } of permissions) {
      expect(Properties.SourceArn).toMatch(/^arn:aws:events:eu-west-1:111111111111:rule\/Chaos/);
    }
    expect(permissions).toHaveLength(2);
  });
});

/** What a role may do, other than writing its log: actions, and their resources. */
function permissionsOf(resources: typeof resolved, roleOf: string) {
  const role = Object.values(resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::IAM::Role' && Properties.Description === `Execution role of ${roleOf}.`,
  );
  const { Policies } = z.object({ Policies: z.array(Policy) }).parse(role?.Properties);
  return Policies.filter(({ PolicyName }) => PolicyName !== 'log')
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map(({ Action, Resource }) => [[Action].flat().join(), [Resource].flat().join()]);
}

const Policy = z.object({
  PolicyName: z.string(),
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Action: z.union([z.string(), z.array(z.string())]),
        Resource: z.union([z.string(), z.array(z.string())]),
      }),
    ),
  }),
});

const tableArn = expect.stringMatching(/^arn:aws:dynamodb:eu-west-1:111111111111:table\/\w+$/);

test('the function chaos_experiment_control may put runs and stops on record, start runs, and call the janitor', () => {
  expect(permissionsOf(resolved, 'chaos_experiment_control')).toEqual([
    ['dynamodb:GetItem,dynamodb:PutItem,dynamodb:UpdateItem,dynamodb:Query', tableArn],
    [
      'lambda:InvokeFunction',
      `${experimentArn}:live,arn:aws:lambda:eu-west-1:111111111111:function:chaos_janitor`,
    ],
  ]);
});

test('the janitor may wake experiments, and nothing else, where there are any', () => {
  const without = permissionsOf(resolveTemplate(templateOf(stackOf()), master), 'chaos_janitor');
  expect(JSON.stringify(without)).not.toContain('chaos_experiment');
  expect(permissionsOf(resolved, 'chaos_janitor')).toEqual([
    ...without,
    ['lambda:SendDurableExecutionCallbackSuccess', `${experimentArn}:*`],
  ]);
});

describe('scheduled experiments', () => {
  const scheduled = ['latency', 'outage'].map((name, index) => ({
    name: `chaos-experiment-${name}`,
    text: `title: What if "${name}"?\n`,
    schedule: { cron: `${index} 10 ? * TUE *`, timeZone: 'Europe/Berlin' },
  }));
  const stack = () => masterStack(aConfig(deployed), scheduled);
  const resources = resolveTemplate(templateOf(stack()), master);
  const ofControl = (type: string) =>
    Object.entries(resources).filter(([id, { Type }]) => Type === type && id.includes('ExperimentsControl'));

  test('are started when their files say, as the run of that moment, and kept where they cannot be', () => {
    const [[queue] = []] = ofControl('AWS::SQS::Queue');
    const [[, starter] = []] = ofControl('AWS::IAM::Role').filter(([id]) => id.includes('Starter'));
    const schedules = ofControl('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    expect(schedules).toEqual(
      scheduled.map(({ name, schedule }) => ({
        ...{ Name: name, Description: expect.any(String) },
        ScheduleExpression: `cron(${schedule.cron})`,
        ScheduleExpressionTimezone: 'Europe/Berlin',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: `${experimentArn}_control`,
          RoleArn: expect.stringMatching(/Starter/),
          Input: expect.any(String),
          RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 900 },
          DeadLetterConfig: { Arn: `arn:aws:sqs:eu-west-1:111111111111:${queue}` },
        },
      })),
    );
    const inputs = schedules.map(({ Target }) => JSON.parse((Target as { Input: string }).Input));
    expect(inputs).toEqual(
      scheduled.map(({ name, text: file }) => ({
        ...{ file, trigger: 'schedule', startedBy: `schedule ${name}` },
        slot: '<aws.scheduler.scheduled-time>',
      })),
    );
    for (const input of inputs) {
      expect(StartRequest.parse({ ...input, slot: '2026-11-24T09:00:00Z' })).toEqual({
        ...{ ...input, slot: '2026-11-24T09:00:00Z', rehearsal: false },
      });
    }
    expect(JSON.stringify(starter?.Properties.Policies)).toContain(`"${experimentArn}_control"`);
  });

  test('are tried again, and raise an alarm where that fails as well', () => {
    const [[queue] = []] = ofControl('AWS::SQS::Queue');
    const queueArn = `arn:aws:sqs:eu-west-1:111111111111:${queue}`;
    const [[, retries] = []] = ofControl('AWS::Lambda::EventInvokeConfig');
    expect(retries?.Properties).toMatchObject({
      ...{ FunctionName: 'chaos_experiment_control', MaximumRetryAttempts: 2 },
      DestinationConfig: { OnFailure: { Destination: queueArn } },
    });
    expect(permissionsOf(resources, 'chaos_experiment_control').at(-1)).toEqual([
      'sqs:SendMessage',
      queueArn,
    ]);
    const [[, alarm] = []] = ofControl('AWS::CloudWatch::Alarm');
    expect(alarm?.Properties).toMatchObject({ AlarmName: 'chaos-experiment-not-started' });
  });

  test('cost nothing where there are none, and pass cdk-nag', () => {
    const without = Object.values(resolved).map(({ Properties }) => JSON.stringify(Properties));
    expect(without.filter((text) => text.includes('chaos-experiment-not-started'))).toEqual([]);
    expect(nagFindings(stack())).toEqual([]);
  });
});

test('reports are private, encrypted, sent over TLS only, and kept for 400 days whatever becomes of the stack', () => {
  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      BucketEncryption: Match.anyValue(),
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 400, Status: 'Enabled' })] },
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
        ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
    },
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: Match.objectLike({
      Statement: [
        Match.objectLike({
          ...{ Effect: 'Deny', Action: 's3:*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ],
    }),
  });
});
