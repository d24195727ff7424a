import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { logRetention } from './log-retention.ts';

/** Who called, and the result. */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    time: '$context.requestTime',
    requestId: '$context.requestId',
    sourceIp: '$context.identity.sourceIp',
    caller: '$context.identity.userArn',
    route: '$context.routeKey',
    status: '$context.status',
    error: '$context.error.message',
    integrationError: '$context.integrationErrorMessage',
    latencyMs: '$context.responseLatency',
  }),
);

/** `POST /runs` starts a run or another task for callers whose IAM policy allows `execute-api:Invoke`. */
export class RunApi extends Construct {
  /** `https://abc123.execute-api.eu-west-1.amazonaws.com/`. */
  readonly url: string;

  constructor(scope: Construct, id: string, target: IFunction) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      apiName: 'chaos-monkey',
      description: 'Starts runs of chaos_monkey.',
      createDefaultStage: false,
    });
    api.addRoutes({
      path: '/runs',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('ChaosMonkey', target),
      authorizer: new HttpIamAuthorizer(),
    });

    const logGroup = new LogGroup(this, 'AccessLog', {
      // With this prefix, API Gateway needs no resource policy for the log group. There can be only ten of those.
      logGroupName: '/aws/vendedlogs/apigateway/chaos-monkey',
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      // People start runs by hand here; more than this is a mistake.
      throttle: { rateLimit: 1, burstLimit: 5 },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: accessLog },
    });
    this.url = stage.url;
  }
}
