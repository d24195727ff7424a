import * as z from 'zod';
import type { Parsed } from '#core/util/parse.ts';

const aFile = 'expected the text of an experiment, up to 100000 characters';
const aPerson = 'expected who starts it, up to 200 characters';

/** What starts a run of an experiment. */
export const StartRequest = z.strictObject({
  /** The text of its file. What is made of it has to fit into the event of an invocation. */
  file: z.string(aFile).min(1, aFile).max(100_000, aFile),
  /** Of the run. Whoever is not sure that it was started says it again, and has one run. Left out: a new one. */
  id: z
    .string('expected the id of a run')
    .regex(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/, 'expected the id of a run, such as 20261123T090000Z-3f9a1c2b')
    .exactOptional(),
  /** All of it but the fault. */
  rehearsal: z.boolean('expected true or false').default(false),
  startedBy: z.string(aPerson).min(1, aPerson).max(200, aPerson).default('aws lambda invoke'),
  trigger: z.enum(['invoke', 'cli', 'api', 'schedule']).default('invoke'),
});
export type StartRequest = Parsed<typeof StartRequest>;
