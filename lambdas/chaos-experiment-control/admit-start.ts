import type { Readable } from '#core/model/unreadable-item.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';

/** Experiments that run at the same time disturb each other: what one breaks is no steady state for another. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';

  constructor(what: string, id: string) {
    const follow = `Follow it: ./chaos experiment status ${id}. Or end it: ./chaos experiment stop ${id}`;
    super(`${what} in run ${id}. ${follow}`);
  }
}

/** Throws `AlreadyRunning` where a run of the same experiment is under way, or as many others as may be. A rehearsal is one, too. */
export function admitStart(
  { title, fileHash }: Pick<ExperimentRecord, 'title' | 'fileHash'>,
  { found, unreadable }: Readable<readonly ExperimentRecord[]>,
  maxRunning: number,
): void {
  const same = found.find((one) => one.title === title || one.fileHash === fileHash);
  if (same !== undefined) throw new AlreadyRunning('this experiment is running', same.id);
  // What cannot be read may be running as well as not.
  const running = [...found.map(({ id }) => id), ...unreadable.map(({ sk }) => sk)];
  const [first] = running;
  if (first === undefined || running.length < maxRunning) return;
  const most = `experiments.maxRunning is ${maxRunning}`;
  throw new AlreadyRunning(`another experiment is running, and ${most}: it is`, first);
}
