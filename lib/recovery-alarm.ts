import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmPlace, alarmDescription } from './alarm-description.ts';

export interface RecoveryAlarmProps {
  readonly place: AlarmPlace;
  /** The topic that the alarm notifies. */
  readonly announcements: ITopic;
}

/**
 * Raises an alarm when a group does not recover from its strike. `chaos_monkey` publishes each such group here before it does anything
 * else about it, and the alarm watches the number of messages, a free metric of SNS.
 */
export class RecoveryAlarm extends Construct {
  /** What `chaos_monkey` publishes to. */
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { place, announcements }: RecoveryAlarmProps) {
    super(scope, id);
    this.topic = new Topic(this, 'NotRecovered', { enforceSSL: true });
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: 'chaos-group-not-recovered',
      alarmDescription: alarmDescription(
        'A group did not recover its desired healthy capacity after a strike. It is being leashed, after which no run strikes it. Its scaling activities and alarms show why it is down.',
        place,
        [
          {
            title: 'Which group, and what was struck',
            commands: [`./chaos status --region ${place.region}`],
          },
          {
            title: 'Lift the leash once it is healthy',
            commands: [`./chaos leash GROUP --off --region ${place.region}`],
          },
        ],
      ),
      metric: this.topic.metricNumberOfMessagesPublished({
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(announcements));
  }
}
