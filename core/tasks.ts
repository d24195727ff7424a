import type { ReplayRequest, Task } from './config/task.ts';
import { explain } from './explain/explain.ts';
import { listGroups } from './list-groups/list-groups.ts';
import { makePlan } from './plan/make-plan.ts';
import type { World } from './ports/world.ts';
import { replay } from './replay/replay.ts';
import type { Explanation } from './reports/explanation.ts';
import type { GroupList } from './reports/group-list.ts';
import type { Plan } from './reports/plan.ts';
import type { Replay } from './reports/replay.ts';
import type { RunReport } from './reports/run-report.ts';
import { run } from './run/run.ts';
import type { StartedRun } from './run/start-run.ts';
import { verifyRun } from './run/verify-run.ts';
import { InvalidInput } from './util/parse.ts';

/** The result of a task; of a run or a verification, its report. */
export type Answer = RunReport | Plan | Explanation | GroupList | Replay;

/**
 * Performs a task. Runs and verifications never reject because of the outside world. The other tasks, which only read, reject with
 * `InvalidInput` if the requested name does not exist, and with the ledger's errors.
 */
export async function performTask(task: Task, started: StartedRun, world: World): Promise<Answer> {
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
  { ledger, faults, kinds }: Pick<World, 'ledger' | 'faults' | 'kinds'>,
): Promise<Replay> {
  const [recording, { secret }] = await Promise.all([ledger.recording(runId), ledger.control()]);
  if (recording === undefined) {
    const expected = 'expected a recorded run: one that surveyed and finished, in the last 90 days';
    throw new InvalidInput('request', [{ path: 'runId', expected, found: JSON.stringify(runId) }]);
  }
  return replay(recording, secret, { faults, kinds });
}
