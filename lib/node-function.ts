import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage, type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  type DurableConfig,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import { bundle } from './bundle.ts';
import { logRetention } from './log-retention.ts';

type EnvironmentSchema = z.ZodType<unknown, Record<string, string | undefined>>;

export interface NodeFunctionProps<Schema extends EnvironmentSchema> {
  readonly functionName: string;
  readonly description: string;
  /** Under `lambdas/`, with a `handler.ts`. */
  readonly folder: string;
  /** The handler's own schema: an environment that it would reject cannot be deployed. */
  readonly environmentSchema: Schema;
  readonly environment: z.input<Schema>;
  /** Written next to the code, if given. */
  readonly config?: Config;
  readonly memorySize: number;
  readonly timeout: Duration;
  /** Default: generated. */
  readonly roleName?: string;
  /** Of another function, which gets these permissions in addition. Default: one of its own. */
  readonly role?: Role;
  /** Of a durable function, whose versions are kept: an execution goes on with the one that it began with. */
  readonly durable?: DurableConfig;
  /** Everything the function may do, other than writing its log. */
  readonly permissions: readonly PolicyStatement[];
}

/**
 * A Lambda function: Node 24 on arm64, bundled at synth without Docker, with its own role and a log group with limited retention.
 */
export class NodeFunction<Schema extends EnvironmentSchema> extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: NodeFunctionProps<Schema>) {
    super(scope, id);
    const { functionName, description, folder, config, memorySize, timeout, roleName, durable } = props;

    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });

    const log = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    this.role =
      props.role ??
      new Role(this, 'Role', {
        ...(roleName !== undefined && { roleName }),
        description: `Execution role of ${functionName}.`,
        assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
        inlinePolicies: {
          log: new PolicyDocument({ statements: [log] }),
          work: new PolicyDocument({ statements: [...props.permissions] }),
        },
      });
    if (props.role !== undefined) {
      const statements = [log, ...props.permissions];
      new Policy(this, 'Policy', { policyName: functionName, statements, roles: [props.role] });
    }

    props.environmentSchema.parse(props.environment);
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'handler.handler',
      code: bundledCode(folder, config),
      environment: definedOnly(props.environment),
      memorySize,
      timeout,
      role: this.role,
      logGroup,
      ...(durable !== undefined && {
        durableConfig: durable,
        currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      }),
    });
  }
}

function bundledCode(folder: string, config: Config | undefined): Code {
  const path = fileURLToPath(new URL(`../lambdas/${folder}`, import.meta.url));
  return Code.fromAsset(path, {
    // Hashes the output: a change that does not affect the function causes no deployment.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Used only if local bundling declines, which ours never does.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (outdir) => {
          bundle({ entry: `${path}/handler.ts`, outdir, ...(config && { config }) });
          return true;
        },
      },
    },
  });
}

function definedOnly(environment: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
