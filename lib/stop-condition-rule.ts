import { Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AlarmOrder } from '#core/undo/stop-by-alarm.ts';

/**
 * Lets the janitor end an experiment one of whose stop conditions fires, whatever becomes of the engine. It hears all alarms of this
 * account and region, and looks which of them are stop conditions of what is running: a file that somebody starts by hand is not known at
 * deployment. Sources that begin with `aws.` are AWS's own: nobody can put such an event (API reference, PutEvents). What another bus
 * forwards keeps its account.
 */
export class StopConditionRule extends Construct {
  constructor(scope: Construct, id: string, { janitor }: { readonly janitor: IFunction }) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    const order: AlarmOrder = {
      alarm: {
        account: EventField.account,
        region: EventField.fromPath('$.region'),
        name: EventField.fromPath('$.detail.alarmName'),
        at: EventField.time,
      },
    };
    new Rule(this, 'Rule', {
      description: 'Lets chaos_janitor end an experiment when one of its stop conditions fires.',
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        account: [account],
        region: [region],
        detail: { state: { value: ['ALARM'] } },
      },
      targets: [new LambdaFunction(janitor, { event: RuleTargetInput.fromObject(order) })],
    });
  }
}
