import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmPlace, alarmDescription } from './alarm-description.ts';
import { MessageAlarm } from './message-alarm.ts';

export interface JanitorAlarmsProps {
  readonly place: AlarmPlace;
  /** The topic that the alarms notify. */
  readonly announcements: ITopic;
}

/** Raises alarms when a fault cannot be undone, and when the janitor itself is absent or fails. */
export class JanitorAlarms extends Construct {
  /** What the janitor publishes to while a fault cannot be undone. */
  readonly notUndone: ITopic;
  readonly #props: JanitorAlarmsProps;

  constructor(scope: Construct, id: string, props: JanitorAlarmsProps) {
    super(scope, id);
    this.#props = props;
    const { place, announcements } = props;
    const alarm = new MessageAlarm(this, 'NotUndoneAlarm', {
      alarmName: 'chaos-fault-not-undone',
      alarmDescription: alarmDescription(
        'Undoing a fault has failed for 5 minutes, or somebody else has changed its target. Another message says which, and how to undo it by hand.',
        place,
        whatIsActive(place),
      ),
      topicId: 'NotUndone',
      // It is tried again every 15 minutes at least.
      periods: 4,
      announcements,
    });
    this.notUndone = alarm.topic;
  }

  watch(janitor: LambdaFunction): void {
    const { place, announcements } = this.#props;
    const absent = new Alarm(this, 'Absent', {
      alarmName: 'chaos-janitor-absent',
      alarmDescription: alarmDescription(
        'chaos_janitor has not run for 5 minutes: nobody undoes faults, which end by themselves only where AWS, their target or a schedule ends them. Check the schedule chaos-janitor.',
        place,
        whatIsActive(place),
      ),
      metric: janitor.metricInvocations({ period: Duration.minutes(1), statistic: 'Sum' }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 5,
      // Lambda sends nothing where it is not invoked.
      treatMissingData: TreatMissingData.BREACHING,
    });
    const failed = new Alarm(this, 'Failed', {
      alarmName: 'chaos-janitor-failed',
      alarmDescription: alarmDescription(
        'Rounds of chaos_janitor have failed altogether, so faults may not be undone. See the log of chaos_janitor.',
        place,
        whatIsActive(place),
      ),
      metric: janitor.metricErrors({ period: Duration.minutes(1), statistic: 'Sum' }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      // One that failed is made up for by the next.
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    for (const alarm of [absent, failed]) alarm.addAlarmAction(new SnsAction(announcements));
  }
}

function whatIsActive({ region }: AlarmPlace) {
  return [
    { title: 'What is active', commands: [`./chaos strikes --active --region ${region}`] },
    { title: 'Undo all of it from here', commands: [`./chaos undo --all --region ${region}`] },
  ];
}
