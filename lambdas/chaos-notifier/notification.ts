import * as z from 'zod';
import { experimentDigest } from '#core/messages/experiment-digest.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import { PublishedEvent } from '#core/messages/published-event.ts';
import { reportDigest } from '#core/messages/report-digest.ts';
import { undoDigest } from '#core/messages/undo-digest.ts';
import { parse } from '#core/util/parse.ts';
import { parseJsonOrText } from '#core/util/parse-json-or-text.ts';
import type { Notification } from '#notify/shared/channel.ts';
import { Alarm, alarmDigest } from './alarm.ts';

/** The event that SNS sends: one message at a time. Ignores everything else in it, which AWS may change. */
const SnsEvent = z.object({
  Records: z.tuple([z.object({ Sns: z.object({ Message: z.string() }) })], 'expected an event from SNS'),
});

/**
 * Parses the notification in an event: a run, a plan, faults that do not end, an experiment, or an alarm of the stack, which uses
 * the same topic. Throws `InvalidInput`.
 */
export function parseNotification(invocation: unknown): Notification {
  const [{ Sns }] = parse(SnsEvent, invocation, 'SNS event').Records;
  const message = parseJsonOrText(Sns.Message);
  const alarm = Alarm.safeParse(message);
  if (alarm.success) {
    return { name: `alarm ${alarm.data.AlarmName}`, digest: () => alarmDigest(alarm.data) };
  }
  // Both functions are deployed together, but not at the same instant: keys unknown to this version are ignored.
  const event = parse(PublishedEvent, message, 'SNS message');
  if (event.type === 'chaos.plan') {
    const { plan, deployment } = event;
    return { name: `plan of ${plan.from}`, digest: (limits) => planDigest(plan, deployment, limits) };
  }
  if (event.type === 'chaos.undo') {
    const { report, deployment } = event;
    return { name: `undo ${report.runId}`, digest: (limits) => undoDigest(report, deployment, limits) };
  }
  if (event.type === 'chaos.experiment') {
    const { notice, deployment } = event;
    return {
      name: `experiment ${notice.id}, ${notice.is}`,
      digest: (limits) => experimentDigest(notice, deployment, limits),
    };
  }
  const { report, deployment } = event;
  return { name: `run ${report.runId}`, digest: (limits) => reportDigest(report, deployment, limits) };
}
