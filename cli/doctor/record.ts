import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { localTime } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import { attributionText } from '#core/messages/attribution.ts';
import { momentText } from '#core/messages/moment-text.ts';
import { subject } from '#core/messages/subject.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { line } from '../render/layout.ts';
import { attempt, type Examination } from './attempt.ts';
import { type Finding, fail, ok, unknown, warn } from './finding.ts';
import type { Stack } from './stack.ts';

const runsRead = 20;
/** A scheduled run starts within a minute and is recorded within five more. */
const recordedAfterMs = 10 * 60_000;
const daysLooked = 14;

/** Checks in the ledger whether a stop is set, and whether runs take place. */
export async function recordFindings(
  { table: tableName, since }: Stack,
  config: Config,
  { clients, clock, patience: { callMs } }: Examination,
): Promise<readonly Finding[]> {
  const client = clients(DynamoDBClient, { region: config.master.region, patienceMs: callMs });
  const ledger = dynamoLedger({ client, tableName, newSecret, clock });
  const [stop, runs] = await Promise.all([
    attempt('stop', callMs, () => ledger.stop()),
    attempt('last run', callMs, async () => (await ledger.recentRuns(runsRead)).found),
  ]);
  return [
    'error' in stop
      ? stop.finding
      : stop.value === undefined
        ? ok('stop', 'no stop is set')
        : fail('stop', `stopped: ${attributionText(stop.value, config.schedule.timeZone)}`, './chaos resume'),
    ...('error' in runs
      ? [runs.finding, unknown('schedule', runs.finding.text)]
      : [lastRun(runs.value, config), scheduleFinding(runs.value, since, config, clock.now())]),
  ];
}

function lastRun([last]: readonly RunReport[], { schedule }: Config): Finding {
  if (last === undefined) return warn('last run', 'there has been no run yet', './chaos run');
  return ok(
    'last run',
    `${momentText(last.startedAt, schedule.timeZone)}, trigger ${last.trigger}: ${line(subject(last))}`,
  );
}

/** Checks in the ledger, not in EventBridge Scheduler itself, whether scheduled runs take place. */
function scheduleFinding(
  runs: readonly RunReport[],
  since: number,
  { schedule, calendar }: Config,
  now: number,
): Finding {
  const check = 'schedule';
  const slot = lastSlot({ schedule, calendar }, now - recordedAfterMs);
  if (slot === undefined || slot < since) {
    return ok(check, 'no slot has passed since the deployment, so this cannot be checked yet');
  }
  const scheduled = runs.find(({ trigger, task }) => trigger === 'schedule' && task === 'run');
  const lastText = localTime(schedule, slot);
  if (scheduled !== undefined && Date.parse(scheduled.startedAt) >= slot) {
    return ok(check, `the last slot, ${lastText}, had its run`);
  }
  const [oldest] = runs.slice(-1);
  if (runs.length === runsRead && oldest !== undefined && Date.parse(oldest.startedAt) > slot) {
    return unknown(
      check,
      `could not be checked: the last ${runsRead} runs are all later than the last slot, ${lastText}`,
    );
  }
  return fail(
    check,
    `the last slot, ${lastText}, had no run. Check that the schedule is enabled:`,
    'aws scheduler get-schedule --name chaos-monkey --query State',
  );
}

function lastSlot(config: Pick<Config, 'schedule' | 'calendar'>, before: number): number | undefined {
  const calendar = makeCalendar(config);
  for (let days = 0; days < daysLooked; days += 1) {
    const slots = calendar.slots(calendar.plusDays(calendar.dayOf(before), -days));
    const slot = slots.findLast((at) => at <= before);
    if (slot !== undefined) return slot;
  }
  return undefined;
}
