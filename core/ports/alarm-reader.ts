import type { Alarm } from '../model/group.ts';

/** Reads CloudWatch alarms, wherever they are. */
export interface AlarmReader {
  /** Their states now, in the given order: `MISSING` for one that is not there. Throws AWS's error. */
  alarms(arns: readonly string[]): Promise<readonly Alarm['state'][]>;
}
