import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { aConfig } from '../support/a-config.ts';
import { masterStack } from '../support/synth.ts';

describe('the API', () => {
  const stack = Template.fromStack(masterStack(aConfig()));

  test('has one route, which takes a signed POST', () => {
    stack.resourceCountIs('AWS::ApiGatewayV2::Route', 1);
    stack.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'POST /runs',
      AuthorizationType: 'AWS_IAM',
    });
  });

  test('reaches chaos_monkey', () => {
    const [monkey] = Object.keys(stack.findResources('AWS::Lambda::Function'));
    stack.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': [monkey, 'Arn'] },
      PayloadFormatVersion: '2.0',
    });
    stack.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'apigateway.amazonaws.com',
      FunctionName: { 'Fn::GetAtt': [monkey, 'Arn'] },
      SourceArn: Match.anyValue(),
    });
  });

  test('logs who called and what came of it, and is throttled', () => {
    const [stage] = Object.values(stack.findResources('AWS::ApiGatewayV2::Stage'));
    const { AccessLogSettings, DefaultRouteSettings } = stage?.Properties ?? {};
    const [logGroup] = Object.keys(
      stack.findResources('AWS::Logs::LogGroup', {
        Properties: { LogGroupName: '/aws/vendedlogs/apigateway/chaos-monkey' },
      }),
    );
    expect(AccessLogSettings.DestinationArn).toEqual({ 'Fn::GetAtt': [logGroup, 'Arn'] });
    expect(JSON.parse(AccessLogSettings.Format)).toMatchObject({
      caller: '$context.identity.userArn',
      status: '$context.status',
    });
    expect(DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 5, ThrottlingRateLimit: 1 });
  });
});
