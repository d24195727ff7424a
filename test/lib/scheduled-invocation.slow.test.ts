import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { aConfig } from '../support/a-config.ts';
import { masterStack } from '../support/synth.ts';

describe('the starter', () => {
  const stack = Template.fromStack(masterStack(aConfig()));

  test('is one role for all schedules, which keep what they could not deliver', () => {
    const [role, ...others] = Object.keys(
      stack.findResources('AWS::IAM::Role', {
        Properties: { Description: 'Lets EventBridge Scheduler start chaos_monkey.' },
      }),
    );
    expect(others).toEqual([]);
    const [monkey] = Object.keys(stack.findResources('AWS::Lambda::Function'));
    const [queue] = Object.keys(stack.findResources('AWS::SQS::Queue'));
    const schedules = Object.values(stack.findResources('AWS::Scheduler::Schedule')).filter(
      ({ Properties }) => Properties.Name.startsWith('chaos-monkey'),
    );
    expect(schedules).toHaveLength(2);
    for (const { Properties } of schedules) {
      expect(Properties.Target).toMatchObject({
        Arn: { 'Fn::GetAtt': [monkey, 'Arn'] },
        RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue, 'Arn'] } },
      });
    }
  });

  test('has a role of its own, that can start the function, keep what failed, and nothing else', () => {
    const [monkey] = Object.keys(stack.findResources('AWS::Lambda::Function'));
    const [queue] = Object.keys(stack.findResources('AWS::SQS::Queue'));
    stack.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111111111111', 'aws:SourceArn': Match.anyValue() },
            },
          },
        ],
      },
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Action: 'lambda:InvokeFunction',
                Resource: { 'Fn::GetAtt': [monkey, 'Arn'] },
              },
              { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [queue, 'Arn'] } },
            ],
          },
        },
      ],
    });
  });
});
