import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface MessageAlarmProps {
  readonly alarmName: string;
  readonly alarmDescription: string;
  /** The construct id of the topic that raises it. */
  readonly topicId: string;
  /** Periods of 5 minutes for which one message keeps it on. */
  readonly periods: number;
  /** The topic that the alarm notifies. */
  readonly announcements: ITopic;
}

/** An alarm that is raised by publishing to a topic: their number of messages is a free metric of SNS. */
export class MessageAlarm extends Construct {
  /** What is published to in order to raise it. */
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: MessageAlarmProps) {
    super(scope, id);
    const { alarmName, alarmDescription, topicId, periods, announcements } = props;
    this.topic = new Topic(this, topicId, { enforceSSL: true });
    const alarm = new Alarm(this, 'Alarm', {
      alarmName,
      alarmDescription,
      metric: this.topic.metricNumberOfMessagesPublished({
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: periods,
      ...(periods > 1 && { datapointsToAlarm: 1 }),
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(announcements));
  }
}
