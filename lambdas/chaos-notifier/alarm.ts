import * as z from 'zod';
import type { Digest } from '#core/message/digest.ts';
import { maxText, oneLine } from '#core/message/words.ts';

/** What CloudWatch publishes when an alarm changes its state, as far as it is told. Source: CloudWatch user guide, SNS. */
export const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().nullish(),
  NewStateValue: z.string(),
  NewStateReason: z.string(),
  StateChangeTime: z.string(),
  AWSAccountId: z.string(),
});
type Alarm = z.infer<typeof Alarm>;

/** An alarm of the monkey's own stack: what it means is in its description. */
export function alarmDigest(alarm: Alarm): Digest {
  const notes = [alarm.AlarmDescription ?? '', alarm.NewStateReason].filter((note) => note !== '');
  return {
    headline: oneLine(`${alarm.NewStateValue}: ${alarm.AlarmName}`, 100),
    notes: notes.map((note) => oneLine(note, maxText)),
    sections: [],
    actions: [],
    footer: [oneLine(`Account ${alarm.AWSAccountId}, at ${alarm.StateChangeTime}`, maxText)],
  };
}
