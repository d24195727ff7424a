import * as z from 'zod';
import { ChosenFault } from '../model/fault.ts';
import { Target } from '../model/target.ts';
import { Count } from '../util/count.ts';
import { maxText, oneLine } from '../util/format.ts';
import type { Parsed } from '../util/parse.ts';
import { ExperimentReport, verdicts } from './experiment-report.ts';

/** ISO 8601, UTC. */
const Moment = z.string();

const NoticedStrike = z.object({
  /** Of its undo entry, for `chaos undo`. Absent of a fault that is done once. */
  id: z.string().exactOptional(),
  group: z.string(),
  target: Target,
  fault: ChosenFault,
  /** What became of it. */
  text: z.string(),
  /** aws CLI commands that undo it; empty once nothing of it is in place. */
  byHand: z.array(z.string()),
});
export type NoticedStrike = Parsed<typeof NoticedStrike>;

const common = {
  /** Of the run. */
  id: z.string(),
  title: z.string(),
  owner: z.string(),
  rehearsal: z.boolean(),
  /** Of `soon`: nothing is injected before. Of all others: when it happened. */
  at: Moment,
  /** Those that are still in place come first. */
  strikes: z.array(NoticedStrike),
  /** How many strikes were left out to fit. */
  omittedStrikes: Count.exactOptional(),
};

const { hypothesis, stages } = ExperimentReport.shape;

/** What people are told of an experiment. It holds nothing of what probes send or receive. */
export const ExperimentNotice = z.discriminatedUnion('is', [
  /** It has begun, and measures or waits. */
  z.object({
    ...common,
    is: z.literal('soon'),
    hypothesis,
    startedBy: z.string(),
    stages,
    /** What will be struck, as the file says it: the targets are chosen when it comes to that. */
    steps: z.array(z.object({ name: z.string(), text: z.string(), changes: z.array(z.string()) })),
  }),
  /** It was stopped with faults in place, which have been undone, as far as could be; recovery and verdict are yet to come. */
  z.object({ ...common, is: z.literal('aborted'), by: z.string(), isUndone: z.boolean() }),
  z.object({
    ...common,
    is: z.literal('ended'),
    hypothesis,
    startedBy: z.string(),
    startedAt: Moment,
    stages,
    verdict: z.enum(verdicts),
    /** What this verdict means, for somebody who has never seen one. */
    means: z.string(),
    why: z.string(),
    /** What to do next, a sentence each. */
    next: z.array(z.string()),
    probes: z.array(z.object({ name: z.string(), text: z.string() })),
    promise: z.string(),
    /** Where the report's page is; absent where it could not be kept. */
    page: z.string().exactOptional(),
  }),
  /** Its lease had lapsed, and the janitor has ended it. */
  z.object({ ...common, is: z.literal('died'), verdict: z.enum(verdicts), why: z.string() }),
]);
export type ExperimentNotice = Parsed<typeof ExperimentNotice>;

/** Whose notice it is. */
export function noticeHead({
  id,
  title,
  owner,
  rehearsal,
}: Pick<ExperimentNotice, 'id' | 'title' | 'owner' | 'rehearsal'>) {
  return { id, title: oneLine(title, maxText), owner: oneLine(owner, maxText), rehearsal };
}

export function openFirst(strikes: readonly NoticedStrike[]): NoticedStrike[] {
  return strikes.toSorted((a, b) => Number(b.byHand.length > 0) - Number(a.byHand.length > 0));
}
