import * as z from 'zod';
import { StopCondition } from '../model/experiment.ts';
import type { Parsed } from '../util/parse.ts';
import { ExperimentProgress } from './experiment-progress.ts';
import { ExperimentNote, verdicts } from './experiment-report.ts';

/** What the ledger knows of one run of an experiment: enough to list it, to stop it, and to tell that it is dead. */
export const ExperimentRecord = z.object({
  /** `20261123T090000Z-3f9a1c2b`. Of all that it strikes, this is the run's id. */
  id: z.string(),
  title: z.string(),
  owner: z.string(),
  /** The SHA-256 of its file, in hex. */
  fileHash: z.string(),
  rehearsal: z.boolean(),
  trigger: z.string(),
  startedBy: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** The alarms that end it, for whoever hears that one has gone off. Absent: none, or begun by an older version. */
  stopConditions: z.array(StopCondition.pick({ name: true, arn: true })).exactOptional(),
  /** Epoch ms, by AWS's clock. Once this has passed it is not renewed any more: whoever runs it is dead, and all of it is undone. */
  leaseUntil: z.number(),
  /** Nothing is in place, and the lease is as long as the wait, which a stop ends. */
  isWaiting: z.boolean(),
  /** Where nothing of it runs while it waits: the id of the callback by which a stop wakes it. Of the last wait, once that is over. */
  wakeUp: z.string().exactOptional(),
  /** Told with its lease, as far as it fits. */
  progress: ExperimentProgress.exactOptional(),
  stop: z
    .object({
      by: z.string(),
      reason: z.string(),
      /** ISO 8601, UTC. */
      at: z.string(),
    })
    .exactOptional(),
  /** Once it is over. */
  ended: z
    .object({
      verdict: z.enum(verdicts),
      why: z.string(),
      /** It deviated, and could not be undone, which its verdict says first. */
      hasDeviated: z.literal(true).exactOptional(),
      /** ISO 8601, UTC. */
      at: z.string(),
      /** Of the probe that took longest, if any had to. */
      recoveredAfterMs: z.number().exactOptional(),
    })
    .exactOptional(),
  /** What people wrote down since. */
  notes: z.array(ExperimentNote),
});
export type ExperimentRecord = Parsed<typeof ExperimentRecord>;
