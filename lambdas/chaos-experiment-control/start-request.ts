import * as z from 'zod';
import { SlotTime } from '#core/config/run-request.ts';
import { mostCharacters } from '#core/experiment/file/read-yaml.ts';
import { RunId } from '#core/model/run-context.ts';
import { Trigger } from '#core/model/slot.ts';
import type { Parsed } from '#core/util/parse.ts';

const aFile = `expected the text of an experiment, up to ${mostCharacters} characters`;
const aPerson = 'expected who starts it, up to 200 characters';

/** What starts a run of an experiment over the API, which knows itself who asks. */
export const ApiStartRequest = z.strictObject({
  /** The text of its file. */
  file: z.string(aFile).min(1, aFile).max(mostCharacters, aFile),
  /** Of the run, within a day of now. Whoever is not sure that it was started says it again, and has one run. Left out: a new one. */
  id: RunId.exactOptional(),
  /** All of it but the fault. */
  rehearsal: z.boolean('expected true or false').default(false),
});

/** The same in an invocation. */
export const StartRequest = ApiStartRequest.extend({
  /** The scheduled moment that the run belongs to: however often it is delivered, it is one run. */
  slot: SlotTime.exactOptional(),
  startedBy: z.string(aPerson).min(1, aPerson).max(200, aPerson).default('aws lambda invoke'),
  trigger: Trigger.exclude(['api'], 'expected invoke, cli or schedule').default('invoke'),
}).refine(({ id, slot }) => id === undefined || slot === undefined, {
  path: ['id'],
  error: 'expected no id beside a slot, which makes one of its own',
});

/** Whatever came in. */
export type StartOrder = Parsed<typeof ApiStartRequest> & {
  readonly slot?: string;
  readonly startedBy: string;
  readonly trigger: Trigger;
};
