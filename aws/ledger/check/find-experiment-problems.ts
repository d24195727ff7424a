import { experimentKey, putRunning, runningKey } from '../experiment-items.ts';
import { toTransactItem } from '../writes.ts';
import { type LedgerProblem, toLedgerKey } from './problem.ts';
import type { LedgerContents } from './read-contents.ts';

/** Experiments, and the list of those that are not over, that contradict each other. */
export function findExperimentProblems(contents: LedgerContents): readonly LedgerProblem[] {
  const { experiments, running, unreadable, tableName } = contents;
  const unread = new Set(unreadable.flatMap(({ kind, item: { sk } }) => (kind === 'experiment' ? [sk] : [])));
  const notOver = new Set(experiments.filter(({ isOver }) => !isOver).map(({ id }) => id));
  const listed = new Set(running);
  const dangling = running.filter((id) => !notOver.has(id) && !unread.has(id));
  const lost = [...notOver].filter((id) => !listed.has(id));
  return [
    ...dangling.map((id): LedgerProblem => {
      const key = toLedgerKey(runningKey(id));
      const why = 'there is no experiment where it points that is not over';
      return { problem: 'dangling-pointer', key, why, mend: [{ delete: key }] };
    }),
    ...lost.map(
      (id): LedgerProblem => ({
        ...{ problem: 'lost-experiment', key: toLedgerKey(experimentKey(id)) },
        why: 'it is not over, and nothing points to it',
        mend: [{ together: [toTransactItem(putRunning(id), tableName)] }],
      }),
    ),
  ];
}
