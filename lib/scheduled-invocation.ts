import { type Duration, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface ScheduledInvocationProps {
  readonly target: IFunction;
  readonly name: string;
  /** Where undelivered events are kept. Left out: nowhere. */
  readonly deadLetters?: IQueue;
}

/** Lets EventBridge Scheduler invoke a function. */
export class ScheduledInvocation extends Construct {
  readonly #target: IFunction;
  readonly #deadLetters: IQueue | undefined;
  readonly #role: Role;

  constructor(scope: Construct, id: string, { target, name, deadLetters }: ScheduledInvocationProps) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    this.#target = target;
    this.#deadLetters = deadLetters;

    this.#role = new Role(this, 'Role', {
      description: `Lets EventBridge Scheduler start ${name}.`,
      // Scheduler's source ARN is the schedule group, never a single schedule.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': account,
            'aws:SourceArn': `arn:${partition}:scheduler:${region}:${account}:schedule-group/default`,
          },
        },
      }),
      inlinePolicies: {
        start: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }),
            ...(deadLetters === undefined
              ? []
              : [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] })]),
          ],
        }),
      },
    });
  }

  /** A schedule's target: the function with this input and retry policy. */
  invoke(
    input: object,
    retry: { readonly attempts: number; readonly within: Duration },
  ): CfnSchedule.TargetProperty {
    return {
      arn: this.#target.functionArn,
      roleArn: this.#role.roleArn,
      input: JSON.stringify(input),
      retryPolicy: {
        maximumRetryAttempts: retry.attempts,
        maximumEventAgeInSeconds: retry.within.toSeconds(),
      },
      ...(this.#deadLetters !== undefined && { deadLetterConfig: { arn: this.#deadLetters.queueArn } }),
    };
  }
}
