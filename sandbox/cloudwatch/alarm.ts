import type { AlarmType, StateValue } from '@aws-sdk/client-cloudwatch';

/** A CloudWatch alarm, which a scenario puts into a state: nothing is measured here. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly state: StateValue;
  readonly type: AlarmType;
}
