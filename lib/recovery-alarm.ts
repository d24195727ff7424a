import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type AlarmPlace, alarmDescription } from './alarm-description.ts';
import { MessageAlarm } from './message-alarm.ts';

export interface RecoveryAlarmProps {
  readonly place: AlarmPlace;
  /** The topic that the alarm notifies. */
  readonly announcements: ITopic;
}

/**
 * Raises an alarm when a group does not recover from its strike. `chaos_monkey` publishes each such group here before it does anything
 * else about it.
 */
export class RecoveryAlarm extends MessageAlarm {
  constructor(scope: Construct, id: string, { place, announcements }: RecoveryAlarmProps) {
    super(scope, id, {
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
      topicId: 'NotRecovered',
      periods: 1,
      announcements,
    });
  }
}
