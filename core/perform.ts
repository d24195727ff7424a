import { explain } from './explain/explain.ts';
import type { Explanation } from './explain/explanation.ts';
import type { GroupList } from './groups/group-list.ts';
import { listGroups } from './groups/list-groups.ts';
import { InvalidInput } from './parse.ts';
import type { Plan } from './plan/plan.ts';
import { makePlan } from './plan/plan-task.ts';
import type { World } from './ports/world.ts';
import { type Replay, replay } from './replay.ts';
import type { RunReport } from './report.ts';
import { run } from './run.ts';
import type { StartedRun } from './start-run.ts';
import type { ReplayRequest, Task } from './task.ts';
import { verifyRun } from './verify-run.ts';

/** What a task is answered with: runs and verifications with their report. */
export type Answer = RunReport | Plan | Explanation | GroupList | Replay;

/**
 * Does what was asked for. A run and a verification do not reject for anything the world does. The others, which only
 * answer, reject with `InvalidInput` where nothing is by the name asked for, and with what the ledger rejects with.
 */
export async function perform(task: Task, started: StartedRun, world: World): Promise<Answer> {
  switch (task.task) {
    case 'run':
      return run({ ...started, request: task.request }, world);
    case 'verify':
      return verifyRun(started, world);
    case 'plan':
      return makePlan(task, started, world);
    case 'explain':
      return explain(task, started, world);
    case 'groups':
      return listGroups(task, started, world);
    case 'replay':
      return replayOf(task, world);
  }
}

async function replayOf(
  { runId }: ReplayRequest,
  { ledger, faults }: Pick<World, 'ledger' | 'faults'>,
): Promise<Replay> {
  const [recording, { secret }] = await Promise.all([ledger.recording(runId), ledger.control()]);
  if (recording === undefined) {
    const expected = 'expected a run that was recorded: one that surveyed, in the last 90 days';
    throw new InvalidInput('request', [{ path: 'runId', expected, found: JSON.stringify(runId) }]);
  }
  return replay(recording, secret, faults);
}
