import * as z from 'zod';
import { AccountId, partitionOf, Region } from '../model/aws-names.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExperimentLedger } from '../ports/experiment-ledger.ts';
import type { ExperimentRecord } from '../reports/experiment-record.ts';
import type { Parsed } from '../util/parse.ts';

const aName = 'expected the name of an alarm';
const aMoment = 'expected a moment such as "2026-11-23T09:00:00Z"';

/** A CloudWatch alarm that has gone off. */
const FiredAlarm = z.strictObject({
  account: AccountId,
  region: Region,
  name: z.string(aName).min(1, aName).max(255, aName),
  at: z.iso.datetime({ offset: true, error: aMoment }),
});
type FiredAlarm = Parsed<typeof FiredAlarm>;

/** What a rule of EventBridge makes of the event that tells of it. */
export const AlarmOrder = z.strictObject({ alarm: FiredAlarm });
export type AlarmOrder = Parsed<typeof AlarmOrder>;

/** Two clocks, one of them in whole seconds. */
const toleranceMs = 5_000;

/**
 * Stops the experiments that have this alarm among their stop conditions, as a person would. Returns those that are to end, by the ids of
 * their runs: also those that somebody has stopped before. EventBridge may deliver an event hours late: an alarm that went off before an
 * experiment began says nothing about it, and whoever runs that reads its state by itself.
 */
export async function stopByAlarm(
  fired: FiredAlarm,
  {
    ledger,
    clock,
  }: {
    readonly ledger: Pick<ExperimentLedger, 'runningExperiments' | 'stopExperiment'>;
    readonly clock: Clock;
  },
): Promise<readonly string[]> {
  const { found } = await ledger.runningExperiments();
  const stopped = found.flatMap((record) => {
    const condition = conditionOf(record, fired);
    if (condition === undefined) return [];
    const by = `stop condition ${condition.name}`;
    const reason = `alarm ${fired.name} went off at ${fired.at}`;
    const at = new Date(clock.now()).toISOString();
    return [ledger.stopExperiment(record.id, { by, reason, at }).then((isOn) => (isOn ? [record.id] : []))];
  });
  return (await Promise.all(stopped)).flat();
}

function conditionOf(
  { startedAt, stopConditions = [] }: ExperimentRecord,
  { account, region, name, at }: FiredAlarm,
): { readonly name: string } | undefined {
  if (Date.parse(at) + toleranceMs < Date.parse(startedAt)) return undefined;
  const arn = `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${name}`;
  return stopConditions.find((one) => one.arn === arn);
}
