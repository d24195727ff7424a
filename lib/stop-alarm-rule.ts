import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';

export interface StopAlarmRuleProps {
  readonly config: Pick<Config, 'gates' | 'master' | 'accounts'>;
  readonly janitor: IFunction;
}

/**
 * Ends every fault at once when an alarm fires that closes the gate, and for some minutes what a run goes on to inject, as it looks at the
 * gates before each round of strikes and not before each strike. Events stay in their account and region: of the alarms of target
 * accounts, it hears those of the master's own.
 */
export class StopAlarmRule extends Construct {
  constructor(scope: Construct, id: string, { config, janitor }: StopAlarmRuleProps) {
    super(scope, id);
    const { alarms } = config.gates;
    const isTarget = config.accounts.some((account) => account.id === config.master.account);
    const names = [...new Set([...alarms.organization, ...(isTarget ? alarms.account : [])])];
    if (names.length === 0) return;
    const order: UndoOrder = { all: true, watch: true };
    new Rule(this, 'Rule', {
      description: 'Lets chaos_janitor end every fault when an alarm of the gates fires.',
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        detail: { alarmName: names, state: { value: ['ALARM'] } },
      },
      targets: [new LambdaFunction(janitor, { event: RuleTargetInput.fromObject(order) })],
    });
  }
}
