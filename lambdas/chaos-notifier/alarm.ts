import * as z from 'zod';
import type { Action } from '#core/messages/actions.ts';
import type { Digest } from '#core/messages/digest.ts';
import { deploymentText } from '#core/model/deployment.ts';
import { maxText, oneLine } from '#core/util/format.ts';
import { version } from '#core/util/version.ts';

/** What CloudWatch publishes when an alarm changes its state, as far as it is told. Source: CloudWatch user guide, SNS. */
export const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().nullish(),
  /** `arn:aws:cloudwatch:eu-west-1:111111111111:alarm:chaos-monkey-failed`. The region that is told beside it is a name for people. */
  AlarmArn: z.string(),
  NewStateValue: z.string(),
  NewStateReason: z.string(),
  StateChangeTime: z.string(),
  AWSAccountId: z.string(),
});
type Alarm = z.infer<typeof Alarm>;

/** What CloudWatch takes for a description, and so more than any command in it. Source: API reference, PutMetricAlarm. */
const maxDescription = 1024;

/** An alarm of the monkey's own stack: what it means and what to do are in its description, as `alarmDescription` in lib has it. */
export function alarmDigest(alarm: Alarm): Digest {
  const [meaning = '', ...actions] = (alarm.AlarmDescription ?? '').split('\n\n');
  const notes = [...meaning.split('\n'), alarm.NewStateReason].filter((note) => note !== '');
  const [, , , region = ''] = alarm.AlarmArn.split(':');
  return {
    headline: oneLine(`${alarm.NewStateValue}: ${alarm.AlarmName}`, 100),
    notes: notes.map((note) => ({ text: oneLine(note, maxText), tone: 'plain' })),
    sections: [],
    actions: actions.map(actionOf),
    whole: 'The console of CloudWatch has all of it.',
    footer: [
      `Changed at ${alarm.StateChangeTime}.`,
      deploymentText({ account: alarm.AWSAccountId, region, version }),
    ].map((line) => oneLine(line, maxText)),
  };
}

/** The other way round of `actionLines`. */
function actionOf(paragraph: string): Action {
  const [title = '', ...commands] = paragraph.split('\n').map((line) => oneLine(line, maxDescription));
  return { title: title.replace(/:$/, ''), commands };
}
