import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { WrittenConfig } from '#lib/config/define-config.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { aConfig } from '../support/a-config.ts';
import { nagFindings } from '../support/nag.ts';
import { masterStack, templateOf } from '../support/synth.ts';

const everything: Partial<WrittenConfig> = {
  accounts: ['111111111111', '222222222222', { id: '333333333333', roleName: 'chaos-of-payments' }],
  organization: 'o-aaaaaaaaaa',
  gates: {
    alarms: { organization: ['checkout-errors'], account: ['customer-impact'] },
    changeCalendars: ['freeze', 'arn:aws:ssm:eu-west-1:333333333333:document/freeze-of-payments'],
    fisSafetyLever: true,
  },
  notifications: {
    emails: ['sre@example.com', 'cto@example.com'],
    slack: { parameter: '/chaos/slack-webhook' },
    teams: { parameter: '/chaos/teams-webhook' },
  },
};

function template(overrides: Partial<WrittenConfig> = {}): Template {
  return Template.fromStack(masterStack(aConfig(overrides)));
}

/** The ids of the resources of a type: all, or those that have these properties. */
function idsOf(stack: Template, type: string, properties?: object): readonly string[] {
  return Object.keys(stack.findResources(type, properties && { Properties: properties }));
}

describe('the master stack', () => {
  test('is as it was reviewed', () => {
    const text = JSON.stringify(templateOf(masterStack(aConfig(everything))));
    // The hashes of the code change with the code.
    expect(JSON.parse(text.replaceAll(/[0-9a-f]{64}/g, 'HASH'))).toMatchSnapshot();
  });

  test.each([
    ['everything configured', everything],
    ['nothing but a target', {}],
    [
      '1,000 accounts in an organization',
      {
        organization: 'o-aaaaaaaaaa',
        accounts: Array.from({ length: 1000 }, (_, index) => String(200_000_000_000 + index)),
      },
    ],
  ])('passes cdk-nag with %s', (_name, overrides) => {
    expect(nagFindings(masterStack(aConfig(overrides)))).toEqual([]);
  });

  test('has the outputs that the CLI looks for', () => {
    expect(masterStack(aConfig()).stackName).toBe(stackName);
    const everywhere = Object.values(outputs).filter((name) => name !== outputs.reports);
    expect(Object.keys(template().findOutputs('*')).sort()).toEqual(everywhere.sort());
    const withExperiments = template({ experiments: { deploy: true } });
    expect(Object.keys(withExperiments.findOutputs('*')).sort()).toEqual(Object.values(outputs).sort());
  });

  test('has no secret, and asks for no credentials to be synthesized', () => {
    const stack = masterStack(aConfig(everything));
    expect(JSON.stringify(templateOf(stack))).not.toMatch(/hooks\.slack|webhook\.office|https:\/\/[a-z]/);
    expect(stack.node.root.node.tryGetContext('availability-zones')).toBeUndefined();
  });
});

describe('the function chaos_monkey', () => {
  test('is what was asked for', () => {
    template().hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'chaos_monkey',
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: 'handler.handler',
      Timeout: 300,
      Environment: {
        Variables: {
          TABLE_NAME: Match.anyValue(),
          TOPIC_ARN: Match.anyValue(),
          NOT_RECOVERED_TOPIC_ARN: Match.anyValue(),
        },
      },
    });
  });

  test('is retried, as the same slot draws and claims the same, and then kept in a dead-letter queue', () => {
    const stack = template();
    const [queue] = idsOf(stack, 'AWS::SQS::Queue');
    stack.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 900,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
  });
});

describe('every function, role and log', () => {
  const stack = template(everything);

  test('no AWS managed policy is attached', () => {
    const roles = Object.values(stack.findResources('AWS::IAM::Role'));
    expect(roles).toHaveLength(6);
    for (const { Properties } of roles) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('every log ends after three months', () => {
    const logs = Object.values(stack.findResources('AWS::Logs::LogGroup'));
    expect(logs.map(({ Properties }) => Properties.LogGroupName).sort()).toEqual([
      '/aws/lambda/chaos_janitor',
      '/aws/lambda/chaos_monkey',
      '/aws/lambda/chaos_notifier',
      '/aws/vendedlogs/apigateway/chaos-monkey',
    ]);
    for (const { Properties } of logs) expect(Properties.RetentionInDays).toBe(90);
  });

  test('every function writes to its own log', () => {
    for (const { Properties } of Object.values(stack.findResources('AWS::Lambda::Function'))) {
      const [logGroup] = idsOf(stack, 'AWS::Logs::LogGroup', {
        LogGroupName: `/aws/lambda/${Properties.FunctionName}`,
      });
      expect(Properties.LoggingConfig).toEqual({ LogGroup: { Ref: logGroup } });
    }
  });

  test('every queue is encrypted and takes encrypted connections only', () => {
    const queues = stack.findResources('AWS::SQS::Queue');
    expect(Object.keys(queues)).toHaveLength(2);
    for (const [id, { Properties }] of Object.entries(queues)) {
      expect(Properties.SqsManagedSseEnabled).toBe(true);
      stack.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: id }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: 'Deny',
              Action: 'sqs:*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }),
          ]),
        },
      });
    }
  });

  test('an alarm announces whatever lies in a dead-letter queue', () => {
    const [topic] = idsOf(stack, 'AWS::SNS::Topic');
    for (const queue of idsOf(stack, 'AWS::SQS::Queue')) {
      stack.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmActions: [{ Ref: topic }],
        MetricName: 'NumberOfMessagesSent',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
    }
  });
});

describe('the ledger', () => {
  test('is kept whatever becomes of the stack, can be restored, and forgets on its own', () => {
    template().hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      },
    });
  });
});

describe('the announcements', () => {
  test('go to every address', () => {
    const stack = template(everything);
    for (const Endpoint of ['sre@example.com', 'cto@example.com']) {
      stack.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint });
    }
  });

  test('may be published by alarms of this account, and by nobody without encryption', () => {
    template().hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
          }),
        ],
      },
    });
  });
});

describe('the master as its own target', () => {
  test('has its target role in the same stack', () => {
    template({ accounts: ['111111111111'] }).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'chaos-monkey-target',
    });
  });

  test.each(['chaos-monkey-master', 'Chaos-Monkey-Master'])(
    'cannot be reached by its own role %s',
    (roleName) => {
      expect(() => template({ accounts: ['111111111111'], roleName })).toThrow(
        /roleName: expected a name other than chaos-monkey-master/,
      );
      expect(() => template({ roleName })).not.toThrow();
    },
  );

  test('has none if it is no target', () => {
    expect(idsOf(template(), 'AWS::IAM::Role', { RoleName: 'chaos-monkey-target' })).toEqual([]);
  });
});
