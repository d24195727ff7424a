import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { AccountRootPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { Environment } from '#lambdas/chaos-janitor/environment.ts';
import { janitorRoleName } from '#target-role/names.ts';
import type { AlarmPlace } from './alarm-description.ts';
import { AssumeTargetRoles } from './assume-target-roles.ts';
import { acknowledgeExecutions, wakePermission } from './experiment-permissions.ts';
import { JanitorAlarms } from './janitor-alarms.ts';
import { ledgerPermissions } from './ledger-permissions.ts';
import { NodeFunction } from './node-function.ts';
import { janitorName } from './outputs.ts';
import { ScheduledInvocation } from './scheduled-invocation.ts';
import { StopAlarmRule } from './stop-alarm-rule.ts';
import { UndoBeforeDelete } from './undo-before-delete.ts';

export interface JanitorProps {
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly table: Table;
  /** Where people are told. */
  readonly topic: ITopic;
  readonly place: AlarmPlace;
}

/**
 * `chaos_janitor`: ends faults that last. It runs every minute, when an alarm fires that the gates name or, with experiments deployed, a
 * stop condition, on demand, and before the stack is deleted.
 */
export class Janitor extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, { config, faults, table, topic, place }: JanitorProps) {
    super(scope, id);
    const alarms = new JanitorAlarms(this, 'Alarms', { place, announcements: topic });
    const made = new NodeFunction(this, 'ChaosJanitor', {
      functionName: janitorName,
      description: 'Ends faults that last, once their time is up or a stop is set.',
      folder: 'chaos-janitor',
      environmentSchema: Environment,
      environment: {
        TABLE_NAME: table.tableName,
        TOPIC_ARN: topic.topicArn,
        NOT_UNDONE_TOPIC_ARN: alarms.notUndone.topicArn,
        TIME_ZONE: config.schedule.timeZone,
      },
      memorySize: 512,
      // Rounds are shorter. The deletion of the stack waits for as long as it takes.
      timeout: Duration.minutes(15),
      roleName: janitorRoleName,
      permissions: [
        ledgerPermissions(table),
        new PolicyStatement({
          actions: ['sns:Publish'],
          resources: [topic.topicArn, alarms.notUndone.topicArn],
        }),
        ...(config.experiments.deploy ? [wakePermission(Stack.of(this))] : []),
      ],
    });
    if (config.experiments.deploy) acknowledgeExecutions(made);
    this.function = made.function;
    alarms.watch(this.function);
    // For `./chaos undo` without the function. The account as the principal: IAM there says who, and nobody may by default.
    made.role.assumeRolePolicy?.addStatements(
      new PolicyStatement({
        sid: 'People',
        principals: [new AccountRootPrincipal()],
        // The second for those whose identity provider sets one: it goes on to every role that they assume.
        actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      }),
    );
    const undoRoles = config.accounts.map((account) => ({ ...account, roleName: config.undoRoleName }));
    const assume = new AssumeTargetRoles(this, 'AssumeUndoRoles', {
      config: { ...config, accounts: undoRoles },
      role: made.role,
    });

    const starter = new ScheduledInvocation(this, 'Starter', { target: this.function, name: janitorName });
    new CfnSchedule(this, 'Schedule', {
      name: 'chaos-janitor',
      description: 'Lets chaos_janitor end faults whose time is up.',
      scheduleExpression: 'rate(1 minute)',
      flexibleTimeWindow: { mode: 'OFF' },
      // What was not delivered is covered by the next one.
      target: starter.invoke({}, { attempts: 0, within: Duration.minutes(1) }),
    });
    new StopAlarmRule(this, 'StopAlarms', { config, janitor: this.function });
    new UndoBeforeDelete(this, 'UndoBeforeDelete', {
      config,
      faults,
      janitor: this.function,
      // All that the function works with.
      needs: [made, assume, alarms, table, topic],
    });
  }
}
