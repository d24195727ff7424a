import * as z from 'zod';
import type { PlanEvent, RunEvent } from '#core/messages/event.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import { digest } from '#core/messages/report-digest.ts';
import { Deployment } from '#core/model/deployment.ts';
import { parsePlan } from '#core/reports/plan-schema.ts';
import { parseReport } from '#core/reports/run-report-schema.ts';
import { jsonOf } from '#core/util/json-of.ts';
import { parse } from '#core/util/parse.ts';
import { version } from '#core/util/version.ts';
import type { Notification } from '#notify/shared/channel.ts';
import { Alarm, alarmDigest } from './alarm.ts';

/** The event that SNS sends: one message at a time. Ignores everything else in it, which AWS may change. */
const SnsEvent = z.object({
  Records: z.tuple([z.object({ Sns: z.object({ Message: z.string() }) })], 'expected an event from SNS'),
});

/**
 * What chaos_monkey publishes. Both functions are deployed together, but not at the same instant, so unknown keys are ignored: a
 * message without them is better than none.
 */
const Event = z.discriminatedUnion(
  'type',
  [
    z.object({
      schemaVersion: z.literal(1 satisfies RunEvent['schemaVersion']),
      type: z.literal('chaos.run' satisfies RunEvent['type']),
      deployment: Deployment.optional().catch(undefined),
      report: z.unknown(),
    }),
    z.object({
      schemaVersion: z.literal(1 satisfies PlanEvent['schemaVersion']),
      type: z.literal('chaos.plan' satisfies PlanEvent['type']),
      deployment: Deployment.optional().catch(undefined),
      plan: z.unknown(),
    }),
  ],
  'expected an event of type "chaos.run" or "chaos.plan"',
);

/** Placeholders for messages without a deployment. */
const unknownDeployment: Deployment = {
  account: 'ACCOUNT',
  region: 'REGION',
  table: 'TABLE',
  version,
  timeZone: 'UTC',
};

/**
 * Parses the notification in an event: a run, a plan, or an alarm of the stack, which uses the same topic. Throws `InvalidInput`.
 */
export function parseNotification(event: unknown): Notification {
  const [{ Sns }] = parse(SnsEvent, event, 'SNS event').Records;
  const message = jsonOf(Sns.Message);
  const alarm = Alarm.safeParse(message);
  if (alarm.success) {
    return { name: `alarm ${alarm.data.AlarmName}`, digest: () => alarmDigest(alarm.data) };
  }
  const published = parse(Event, message, 'SNS message');
  const { deployment = unknownDeployment } = published;
  if (published.type === 'chaos.plan') {
    const plan = parsePlan(published.plan, 'plan in the SNS message');
    return { name: `plan of ${plan.from}`, digest: (limits) => planDigest(plan, deployment, limits) };
  }
  const report = parseReport(published.report, 'report in the SNS message');
  return { name: `run ${report.runId}`, digest: (limits) => digest(report, deployment, limits) };
}
