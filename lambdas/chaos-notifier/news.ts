import * as z from 'zod';
import { type Digest, digest } from '#core/message/digest.ts';
import type { MachineEvent } from '#core/message/machine-event.ts';
import type { Limits } from '#core/message/sections.ts';
import { parse } from '#core/parse.ts';
import { parseReport } from '#core/report-schema.ts';
import { Alarm, alarmDigest } from './alarm.ts';

/** What is to be told, whatever the channel. */
export interface News {
  /** `run 20261123T090000Z-3f9a1c2b`. */
  readonly name: string;
  digest(limits: Limits): Digest;
}

/** What SNS invokes a function with: one message at a time. The parts that do not concern us are AWS's to change. */
const SnsEvent = z.object({
  Records: z.tuple([z.object({ Sns: z.object({ Message: z.string() }) })], 'expected an event from SNS'),
});

/**
 * What chaos_monkey publishes. Strict: both functions are deployed together, and an event of another shape is better kept in
 * the dead-letter queue than told in part.
 */
const RunEvent = z.strictObject({
  schemaVersion: z.literal(1 satisfies MachineEvent['schemaVersion']),
  type: z.literal('chaos.run' satisfies MachineEvent['type']),
  report: z.unknown(),
});

/** The news that an invocation brings: a run, or an alarm of the stack, which goes to the same topic. Throws `InvalidInput`. */
export function parseNews(event: unknown): News {
  const [{ Sns }] = parse(SnsEvent, event, 'SNS event').Records;
  const message = jsonOf(Sns.Message);
  const alarm = Alarm.safeParse(message);
  if (alarm.success) {
    return { name: `alarm ${alarm.data.AlarmName}`, digest: () => alarmDigest(alarm.data) };
  }
  const report = parseReport(parse(RunEvent, message, 'SNS message').report, 'report in the SNS message');
  return { name: `run ${report.runId}`, digest: (limits) => digest(report, limits) };
}

/** What is not JSON is left as it is, for the schema to refuse. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
