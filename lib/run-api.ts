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

/** Experiments are started, listed, looked at and stopped. */
const routesOfExperiments: readonly (readonly [string, readonly HttpMethod[]])[] = [
  ['/experiments', [HttpMethod.POST, HttpMethod.GET]],
  ['/experiments/{id}', [HttpMethod.GET, HttpMethod.DELETE]],
];

/**
 * `POST /runs` starts a run or another task for callers whose IAM policy allows `execute-api:Invoke`. Where experiments are deployed, such
 * callers start and stop them here, too; a policy may allow some of the routes.
 */
export class RunApi extends Construct {
  readonly #api: HttpApi;
  readonly #authorizer = new HttpIamAuthorizer();
  /** `https://abc123.execute-api.eu-west-1.amazonaws.com/`. */
  readonly url: string;

  constructor(scope: Construct, id: string, target: IFunction) {
    super(scope, id);
    this.#api = new HttpApi(this, 'Api', {
      apiName: 'chaos-monkey',
      description: 'Starts runs of chaos_monkey.',
      createDefaultStage: false,
    });
    this.#api.addRoutes({
      path: '/runs',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('ChaosMonkey', target),
      authorizer: this.#authorizer,
    });

    const logGroup = new LogGroup(this, 'AccessLog', {
      // With this prefix, API Gateway needs no resource policy for the log group. There can be only ten of those.
      logGroupName: '/aws/vendedlogs/apigateway/chaos-monkey',
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      stageName: '$default',
      autoDeploy: true,
      // People start runs by hand here; more than this is a mistake.
      throttle: { rateLimit: 1, burstLimit: 5 },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: accessLog },
    });
    this.url = stage.url;
  }

  addExperiments(control: IFunction): void {
    const integration = new HttpLambdaIntegration('ChaosExperimentControl', control);
    for (const [path, methods] of routesOfExperiments) {
      this.#api.addRoutes({ path, methods: [...methods], integration, authorizer: this.#authorizer });
    }
  }
}
