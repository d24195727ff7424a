import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { WrittenConfig } from '#lib/config/define-config.ts';
import { aConfig } from '../support/a-config.ts';
import { isAllowed } from '../support/iam-evaluator.ts';
import { resolveTemplate } from '../support/resolved-template.ts';
import { masterStack, templateOf } from '../support/synth.ts';

const account = '111111111111';
const region = 'eu-west-1';
const slack = { parameter: '/chaos/slack-webhook' };
const teams = { parameter: '/chaos/teams-webhook' };

function stackWith(notifications: WrittenConfig['notifications']) {
  return masterStack(aConfig(notifications === undefined ? {} : { notifications }));
}

const notifierFunction = { FunctionName: 'chaos_notifier' };

describe('chaos_notifier', () => {
  test('is there only when Slack or Teams is configured', () => {
    const isThere = (notifications: WrittenConfig['notifications']) =>
      Object.keys(
        Template.fromStack(stackWith(notifications)).findResources('AWS::Lambda::Function', {
          Properties: notifierFunction,
        }),
      ).length === 1;
    expect(isThere({ emails: ['sre@example.com'] })).toBe(false);
    expect(isThere({ slack })).toBe(true);
    expect(isThere({ teams })).toBe(true);
  });

  test.each([{ slack, teams }, { teams }])(
    'is told what is configured of %o, and nothing else',
    (configs) => {
      const stack = Template.fromStack(stackWith({ emails: ['sre@example.com'], ...configs }));
      stack.hasResourceProperties('AWS::Lambda::Function', {
        ...notifierFunction,
        Environment: { Variables: { CHANNELS: JSON.stringify(configs) } },
      });
    },
  );

  test('is named by the channels that are configured, and so is its alarm', () => {
    const [both, one] = [{ slack, teams }, { teams }].map((configs) =>
      Template.fromStack(stackWith(configs)),
    );
    const described = (text: string) => ({ Description: Match.stringLikeRegexp(text) });
    both?.hasResourceProperties('AWS::Lambda::Function', described('to Slack and Teams\\.$'));
    one?.hasResourceProperties('AWS::Lambda::Function', described('to Teams\\.$'));
    const alarm = JSON.stringify(both?.findResources('AWS::CloudWatch::Alarm'));
    expect(alarm).toContain('did not reach Slack or Teams. ');
  });

  test('gets whatever is announced, runs and alarms, and what it could not be handed is kept', () => {
    const stack = Template.fromStack(stackWith({ slack }));
    stack.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda',
      FilterPolicy: Match.absent(),
      RedrivePolicy: { deadLetterTargetArn: Match.anyValue() },
    });
  });

  test('is not called again by Lambda after a failure: it has its own retries, and would post twice', () => {
    Template.fromStack(stackWith({ slack })).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: Match.stringLikeRegexp('Notifier') },
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  test('may read its own parameters, write its own log, keep what failed, and nothing else', async () => {
    const resources = resolveTemplate(templateOf(stackWith({ slack })), { account, region });
    const role = Object.values(resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::IAM::Role' && Properties.Description === 'Execution role of chaos_notifier.',
    );
    const policies = role?.Properties.Policies as {
      readonly PolicyDocument: { readonly Statement: unknown[] };
    }[];
    const identityPolicies = policies.map(({ PolicyDocument }) => PolicyDocument);
    const may = (action: string, resource: string) =>
      isAllowed({
        role: `arn:aws:iam::${account}:role/notifier`,
        action,
        resource,
        region,
        identityPolicies,
      });

    const parameter = `arn:aws:ssm:${region}:${account}:parameter`;
    expect(await may('ssm:GetParameter', `${parameter}/chaos/slack-webhook`)).toBe(true);
    expect(await may('ssm:GetParameter', `${parameter}/chaos/teams-webhook`)).toBe(false);
    expect(await may('ssm:GetParameter', `${parameter}/chaos/slack-webhook-2`)).toBe(false);
    expect(await may('ssm:PutParameter', `${parameter}/chaos/slack-webhook`)).toBe(false);

    const actions = identityPolicies.flatMap(({ Statement }) =>
      Statement.flatMap((statement) => (statement as { readonly Action: string | string[] }).Action),
    );
    expect(actions.sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:SendMessage',
      'ssm:GetParameter',
    ]);
  });
});
