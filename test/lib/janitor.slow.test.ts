import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { WrittenConfig } from '#lib/config/define-config.ts';
import { aConfig } from '../support/a-config.ts';
import { policyOf } from '../support/deployed-world.ts';
import { isAllowed } from '../support/iam-evaluator.ts';
import { nagFindings } from '../support/nag.ts';
import { resolveTemplate, roleNamed } from '../support/resolved-template.ts';
import { masterStack, templateOf } from '../support/synth.ts';

const master = { account: '111111111111', region: 'eu-west-1' };
const lasting: Partial<WrittenConfig> = {
  faults: ['ec2-terminate', 'lambda-concurrency'],
  accounts: [master.account, '222222222222', { id: '333333333333', roleName: 'chaos-of-payments' }],
  gates: { alarms: { organization: ['checkout-errors'], account: ['customer-impact'] } },
};
const template = (overrides: Partial<WrittenConfig> = {}) =>
  Template.fromStack(masterStack(aConfig({ ...lasting, ...overrides })));
const onlyId = (stack: Template, type: string, properties?: object) => {
  const [id = '', ...others] = Object.keys(
    stack.findResources(type, properties && { Properties: properties }),
  );
  expect(others).toEqual([]);
  return id;
};

describe('the janitor', () => {
  test('is there where no enabled fault lasts, too: it refuses to disable the last one while that is active', () => {
    const stack = template({ faults: ['ec2-terminate'] });
    const [guard] = Object.values(stack.findResources('Custom::ChaosUndo'));
    expect(guard?.Properties).toMatchObject({ Faults: [] });
    stack.hasResourceProperties('AWS::Scheduler::Schedule', { Name: 'chaos-janitor' });
    stack.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'chaos-janitor-absent' });
  });

  test('passes cdk-nag', () => {
    expect(nagFindings(masterStack(aConfig(lasting)))).toEqual([]);
    const accounts = Array.from({ length: 1000 }, (_, index) => String(200_000_000_000 + index));
    expect(nagFindings(masterStack(aConfig({ ...lasting, accounts })))).toEqual([]);
  });

  test('runs every minute, whatever becomes of a round', () => {
    template().hasResourceProperties('AWS::Scheduler::Schedule', {
      Name: 'chaos-janitor',
      ScheduleExpression: 'rate(1 minute)',
      Target: Match.objectLike({ Input: '{}' }),
    });
  });

  test('ends everything when an alarm fires that the gates name', () => {
    template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        detail: { alarmName: ['checkout-errors', 'customer-impact'], state: { value: ['ALARM'] } },
      },
      Targets: [Match.objectLike({ Input: '{"all":true,"watch":true}' })],
    });
    template({ gates: {} }).resourceCountIs('AWS::Events::Rule', 0);
    template({ accounts: ['222222222222'] }).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ detail: Match.objectLike({ alarmName: ['checkout-errors'] }) }),
    });
  });

  test.each([
    [
      'chaos-janitor-absent',
      {
        MetricName: 'Invocations',
        Threshold: 1,
        EvaluationPeriods: 5,
        Period: 60,
        TreatMissingData: 'breaching',
      },
    ],
    ['chaos-janitor-failed', { MetricName: 'Errors', Threshold: 1, TreatMissingData: 'notBreaching' }],
    ['chaos-fault-not-undone', { MetricName: 'NumberOfMessagesPublished', Threshold: 1 }],
  ])('raises the alarm %s', (AlarmName, properties) => {
    const stack = template();
    const topic = onlyId(stack, 'AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Sid: 'Alarms' })]) }),
    }).replace(/Policy[0-9A-F]{8}$/, '');
    stack.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName,
      ...properties,
      AlarmActions: [{ Ref: Match.stringLikeRegexp(`^${topic}`) }],
    });
  });

  test('may do no more than to keep the ledger, tell people, and assume the undo roles', () => {
    const role = roleNamed(resolveTemplate(template().toJSON() as never, master), 'chaos-janitor');
    const { Statement } = policyOf(role);
    const actions = new Set(Statement.flatMap(({ Action = [] }) => Action));
    expect([...actions].filter((action) => !/^(dynamodb|logs):/.test(action)).sort()).toEqual([
      'sns:Publish',
      'sts:AssumeRole',
      'sts:SetSourceIdentity',
    ]);
    const assumed = Statement.filter(({ Action }) => Action === 'sts:AssumeRole').flatMap(
      ({ Resource }) => Resource,
    );
    const accounts = [master.account, '222222222222', '333333333333'];
    expect(assumed).toEqual(accounts.map((id) => `arn:aws:iam::${id}:role/chaos-monkey-undo`));
  });

  test('has a role that the function assumes, and people of its own account whom IAM there allows to', async () => {
    const { trustPolicy } = roleNamed(resolveTemplate(template().toJSON() as never, master), 'chaos-janitor');
    const role = 'arn:aws:iam::111111111111:role/chaos-janitor';
    const actions = ['sts:AssumeRole', 'sts:SetSourceIdentity'];
    const may = (who: string, allowed: boolean, action = 'sts:AssumeRole') =>
      isAllowed({
        role: who,
        action,
        resource: role,
        region: master.region,
        identityPolicies: allowed
          ? [
              {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: actions, Resource: role }],
              },
            ]
          : [],
        resourcePolicy: trustPolicy,
      });
    expect(await may('lambda.amazonaws.com', false)).toBe(true);
    expect(await may('arn:aws:iam::111111111111:role/on-call', true)).toBe(true);
    // Of those whose identity provider sets a source identity, STS asks for this as well.
    expect(await may('arn:aws:iam::111111111111:role/on-call', true, 'sts:SetSourceIdentity')).toBe(true);
    expect(await may('arn:aws:iam::111111111111:role/on-call', false)).toBe(false);
    expect(await may('arn:aws:iam::222222222222:role/on-call', true)).toBe(false);
  });

  test('is asked before anything is deleted that it needs', () => {
    const stack = template();
    const [guard] = Object.values(stack.findResources('Custom::ChaosUndo'));
    expect(guard?.Properties).toMatchObject({
      Faults: ['lambda-concurrency@1'],
      Places: [
        {
          Accounts: [master.account, '222222222222', '333333333333'],
          Regions: expect.any(Array),
          ExternalId: 'chaos-test',
        },
      ],
      UndoRole: 'chaos-monkey-undo',
      OptInKey: 'chaos:opt-in',
      ServiceTimeout: '960',
    });
    const needed: readonly string[] = guard?.DependsOn;
    const ofJanitor = (type: string) =>
      Object.keys(stack.findResources(type)).filter((id) =>
        /Janitor(ChaosJanitor|AssumeUndo|Alarms)/.test(id),
      );
    const all = [
      ...[
        'AWS::Lambda::Function',
        'AWS::IAM::Role',
        'AWS::IAM::Policy',
        'AWS::Logs::LogGroup',
        'AWS::SNS::Topic',
      ].flatMap(ofJanitor),
      ...Object.keys(stack.findResources('AWS::DynamoDB::Table')),
    ];
    expect(all.length).toBeGreaterThanOrEqual(6);
    expect(all.filter((id) => !needed.includes(id))).toEqual([]);
  });

  test('belongs to a stack whose every resource says that it is ours', () => {
    const { Resources } = templateOf(masterStack(aConfig(lasting)));
    const tagged = Object.values(Resources).filter(({ Properties }) => Properties.Tags !== undefined);
    expect(tagged.length).toBeGreaterThan(15);
    const named = [
      'Lambda::Function',
      'IAM::Role',
      'DynamoDB::Table',
      'SNS::Topic',
      'SQS::Queue',
      'Logs::LogGroup',
    ];
    for (const [id, { Type, Properties }] of Object.entries(Resources)) {
      if (!named.some((type) => Type === `AWS::${type}`)) continue;
      expect([id, Properties.Tags]).toEqual([id, [{ Key: 'chaos:control-plane', Value: 'true' }]]);
    }
  });
});
