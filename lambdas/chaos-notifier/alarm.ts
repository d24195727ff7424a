import * as z from 'zod';
import type { Action } from '#core/messages/actions.ts';
import type { Digest } from '#core/messages/digest.ts';
import { deploymentText } from '#core/model/deployment.ts';
import { maxText, oneLine } from '#core/util/format.ts';
import { version } from '#core/util/version.ts';

/** The part that we use of what CloudWatch publishes when an alarm changes state. Source: CloudWatch user guide, SNS. */
export const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().nullish(),
  /** `arn:aws:cloudwatch:eu-west-1:111111111111:alarm:chaos-monkey-failed`. The message's own `Region` is a display name. */
  AlarmArn: z.string(),
  NewStateValue: z.string(),
  NewStateReason: z.string(),
  StateChangeTime: z.string(),
  AWSAccountId: z.string(),
});
type Alarm = z.infer<typeof Alarm>;

/** CloudWatch's limit for descriptions, so no command in one is longer. Source: API reference, PutMetricAlarm. */
const maxDescription = 1024;

/** Formats an alarm of the monkey's own stack. `alarmDescription` in lib put its meaning and the remedies into the description. */
export function alarmDigest(alarm: Alarm): Digest {
  const [meaning = '', ...actions] = (alarm.AlarmDescription ?? '').split('\n\n');
  const notes = [...meaning.split('\n'), alarm.NewStateReason].filter((note) => note !== '');
  const [, , , region = ''] = alarm.AlarmArn.split(':');
  return {
    headline: oneLine(`${alarm.NewStateValue}: ${alarm.AlarmName}`, 100),
    notes: notes.map((note) => ({ text: oneLine(note, maxText), tone: 'plain' })),
    sections: [],
    actions: actions.map(parseAction),
    whole: 'The CloudWatch console shows all details.',
    footer: [
      `Changed at ${alarm.StateChangeTime}.`,
      deploymentText({ account: alarm.AWSAccountId, region, version }),
    ].map((line) => oneLine(line, maxText)),
  };
}

/** The inverse of `actionLines`. */
function parseAction(paragraph: string): Action {
  const [title = '', ...commands] = paragraph.split('\n').map((line) => oneLine(line, maxDescription));
  return { title: title.replace(/:$/, ''), commands };
}
