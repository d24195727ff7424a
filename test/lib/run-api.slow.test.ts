import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { aControl } from '../lambdas/chaos-experiment-control/a-control.ts';
import { aConfig } from '../support/a-config.ts';
import { anExperimentId } from '../support/an-experiment-record.ts';
import { masterStack } from '../support/synth.ts';

const routesOfExperiments = [
  'POST /experiments',
  'GET /experiments',
  'GET /experiments/{id}',
  'DELETE /experiments/{id}',
];

describe('the API where experiments are deployed', () => {
  const stack = Template.fromStack(masterStack(aConfig({ experiments: { deploy: true } })));

  test('starts, lists, shows and stops them as well, for whoever signs', () => {
    const routes = Object.values(stack.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
    ]);
    expect(routes.toSorted()).toEqual(
      [...routesOfExperiments, 'POST /runs'].toSorted().map((route) => [route, 'AWS_IAM']),
    );
  });

  test('reaches chaos_experiment_control by an alias of its own, which knows each', async () => {
    const [alias, ...others] = Object.entries(
      stack.findResources('AWS::Lambda::Alias', { Properties: { Name: 'api' } }),
    );
    expect(others).toEqual([]);
    const [aliasId = '', { Properties: properties } = { Properties: {} }] = alias ?? [];
    const [control] = Object.keys(
      stack.findResources('AWS::Lambda::Function', {
        Properties: { FunctionName: 'chaos_experiment_control' },
      }),
    );
    expect(properties.FunctionName).toEqual({ Ref: control });
    const integrations = stack.findResources('AWS::ApiGatewayV2::Integration', {
      Properties: { IntegrationUri: { Ref: aliasId }, PayloadFormatVersion: '2.0' },
    });
    const [integration, ...more] = Object.keys(integrations);
    expect(more).toEqual([]);
    for (const RouteKey of routesOfExperiments) {
      stack.hasResourceProperties('AWS::ApiGatewayV2::Route', {
        RouteKey,
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration }]] },
      });
      // Whatever it is, it is not that there is no such route.
      const { body } = await aControl().ask(RouteKey, { id: anExperimentId });
      expect(body.message).not.toBe('there is no such route');
    }
    stack.resourcePropertiesCountIs(
      'AWS::Lambda::Permission',
      { Principal: 'apigateway.amazonaws.com', FunctionName: { Ref: aliasId } },
      4,
    );
  });
});

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
