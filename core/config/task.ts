import * as z from 'zod';
import { firstDay, isInReach, lastDay } from '../calendar/days-in-reach.ts';
import { AccountId, Region } from '../model/aws-names.ts';
import type { FaultRegistry } from '../model/fault.ts';
import { RunId } from '../model/run-context.ts';
import { hasKey, parse } from '../util/parse.ts';
import type { Config } from './config.ts';
import { parseRequest, type RunRequest } from './run-request.ts';

const Day = z.iso
  .date({ error: 'expected a date such as "2026-11-23"', abort: true })
  .refine(isInReach, `expected a date from ${firstDay} to ${lastDay}`);

const others = z.discriminatedUnion(
  'task',
  [
    /** Verify earlier strikes, and do nothing else. */
    z.strictObject({ task: z.literal('verify') }),
    /** List who will be struck, and when. */
    z.strictObject({
      task: z.literal('plan'),
      /** First day, in the schedule's zone. Default: today. */
      date: Day.optional(),
      days: z
        .int('expected a number of days from 1 to 31')
        .min(1, 'expected a number of days from 1 to 31')
        .max(31, 'expected a number of days from 1 to 31')
        .default(1),
    }),
    /** List everything for and against a strike of one group. */
    z.strictObject({
      task: z.literal('explain'),
      /** A name, or a whole key such as `111122223333/eu-west-1/asg/web`. */
      group: z.string('expected the name or the key of a group').min(1).max(300),
      account: AccountId.optional(),
      region: Region.optional(),
    }),
    /** List the groups that have opted in. */
    z.strictObject({
      task: z.literal('groups'),
      /** Only those in this account. Default: all. */
      account: AccountId.optional(),
    }),
    /** Repeat the decisions of a recorded run. */
    z.strictObject({
      task: z.literal('replay'),
      runId: RunId,
    }),
  ],
  'expected verify, plan, explain, groups or replay; a run has no task',
);

/** The tasks that are not runs. */
export type OtherTask = z.output<typeof others>;
export type OtherTaskInput = z.input<typeof others>;
export type PlanRequest = Extract<OtherTask, { task: 'plan' }>;
export type ExplainRequest = Extract<OtherTask, { task: 'explain' }>;
export type GroupsRequest = Extract<OtherTask, { task: 'groups' }>;
export type ReplayRequest = Extract<OtherTask, { task: 'replay' }>;

export type Task = { readonly task: 'run'; readonly request: RunRequest } | OtherTask;

/** A request without `task` is a run. Throws `InvalidInput`, which names each mistake by its path. */
export function parseTask(input: unknown, config: Config, faults: FaultRegistry): Task {
  if (!hasKey(input, 'task')) return { task: 'run', request: parseRequest(input, config, faults) };
  return parse(others, input, 'request');
}
