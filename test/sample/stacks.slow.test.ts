import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { ShopStack } from '../../sample/stacks/shop-stack.ts';
import { WebStack } from '../../sample/stacks/web-stack.ts';

test('the shop has a page, an API, three functions with the failure layer, and a table', () => {
  const template = Template.fromStack(new ShopStack(new App(), 'Shop', { graceful: false }));
  for (const FunctionName of ['listImages', 'likeImage', 'shareImage']) {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName,
      Layers: [Match.anyValue()],
      Environment: { Variables: { GRACEFUL: 'false', CHAOS_FAILURE_PARAMETER: Match.anyValue() } },
    });
  }
  template.resourceCountIs('AWS::SSM::Parameter', 3);
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', { TableName: 'images' });
  const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'));
  expect(routes.map(({ Properties }) => Properties.RouteKey).sort()).toEqual([
    'GET /images',
    'POST /images/{id}/likes',
    'POST /images/{id}/shares',
  ]);
});

test('the pair is a group of two behind a load balancer that checks it', () => {
  const template = Template.fromStack(new WebStack(new App(), 'Web'));
  template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    AutoScalingGroupName: 'web',
    MinSize: '2',
    HealthCheckType: 'ELB',
    TargetGroupARNs: [Match.anyValue()],
  });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    HealthCheckIntervalSeconds: 10,
    UnhealthyThresholdCount: 2,
  });
});
