import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { monkeyName } from './outputs.ts';

/** Says aloud that a group did not recover from its strike. The metric is what `chaos_monkey` writes into its log. */
export class RecoveryAlarm extends Construct {
  constructor(scope: Construct, id: string, topic: ITopic) {
    super(scope, id);
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: 'chaos-group-not-recovered',
      alarmDescription: [
        'A group was struck and did not get back to its desired healthy capacity in time.',
        'It is leashed now: chaos_monkey leaves it alone until somebody lifts that.',
        'Which group it is, and what was struck: ./chaos status, or the announcement.',
        'Why it is down: the scaling activities and the alarms of the group.',
        'To end all strikes meanwhile: ./chaos stop --reason REASON.',
        'Once it is repaired: ./chaos leash GROUP --off.',
      ].join(' '),
      metric: new Metric({
        namespace: 'ChaosMonkey',
        metricName: 'GroupsNotRecovered',
        dimensionsMap: { service: monkeyName },
        period: Duration.minutes(5),
        statistic: Stats.SUM,
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}
