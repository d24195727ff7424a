import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import type { Known } from '#core/experiment/file/known.ts';
import { type ExperimentWarning, readExperiment } from '#core/experiment/file/read-experiment.ts';
import { unlearnedRun } from '#core/experiment/unlearned.ts';
import type { Experiment } from '#core/model/experiment.ts';
import { runIdOf } from '#core/model/run-context.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { InvalidInput } from '#core/util/parse.ts';
import type { StartOrder } from './start-request.ts';

export interface StartParts {
  readonly clock: Clock;
  readonly known: Known;
  /** Of the configuration's schedule. */
  readonly timeZone: string;
  readonly ledger: Pick<ExperimentLedger, 'beginExperiment' | 'experiment' | 'recentExperiments'>;
  /** Returns 8 hex digits. */
  readonly newId: () => string;
  /** Starts `chaos_experiment`, and does not wait for it. Doing so again changes nothing. */
  readonly start: (run: ExperimentRun) => Promise<void>;
}

export interface Started {
  readonly id: string;
  /** False: a run of this id was on record. It goes on, or is over. */
  readonly isNew: boolean;
  readonly warnings: readonly ExperimentWarning[];
}

/** Lambda may keep an event waiting where the account's concurrency is used up. */
const startsWithinMs = 5 * 60_000;
/** As many of the last runs as may hold one back. */
const mostSearched = 200;

/**
 * Puts a run of an experiment on record, and starts it: its file in, the run's id out. Throws `InvalidInput` for a file that is not valid,
 * and `NotLearned`; nothing has been done then. Whether anything may be injected is asked by the run itself.
 */
export async function startExperiment(
  { file, rehearsal, startedBy, trigger, id: given, slot }: StartOrder,
  { clock, known, timeZone, ledger, newId, start }: StartParts,
): Promise<Started> {
  const { experiment, fileHash, warnings } = readExperiment(file, 'file', known);
  const now = clock.now();
  const ofSlot = slot === undefined ? undefined : runIdOf(Date.parse(slot), fileHash.slice(0, 8));
  const id = given ?? ofSlot ?? runIdOf(now, newId());
  const run: ExperimentRun = { id, experiment, fileHash, rehearsal, trigger, startedBy, timeZone };
  const before = await ledger.experiment(id);
  if (before === undefined && !rehearsal) await refuseUnlearned(experiment, ledger);
  const isNew = before === undefined && (await ledger.beginExperiment(recordOf(run, now)));
  const onRecord = isNew ? undefined : await ledger.experiment(id);
  if (onRecord !== undefined && onRecord.fileHash !== fileHash) {
    const expected = 'expected an id of its own: a run of another file has this one';
    throw new InvalidInput('request', [{ path: 'id', expected, found: JSON.stringify(id) }]);
  }
  // Whoever put it on record may have died before starting it. With the same input, it is surely the same execution.
  if (onRecord?.ended === undefined) await start({ ...run, ...startOf(onRecord ?? run) });
  return { id, isNew, warnings };
}

function startOf({
  rehearsal,
  trigger,
  startedBy,
}: Pick<ExperimentRun, 'rehearsal' | 'trigger' | 'startedBy'>) {
  return { rehearsal, trigger, startedBy };
}

function recordOf({ experiment, ...run }: ExperimentRun, now: number): ExperimentRecord {
  const { id, fileHash, rehearsal, trigger, startedBy } = run;
  const { title, owner } = experiment;
  return {
    ...{ id, title, owner, fileHash, rehearsal, trigger, startedBy, notes: [] },
    startedAt: new Date(now).toISOString(),
    leaseUntil: now + startsWithinMs,
    isWaiting: false,
  };
}

/** An experiment with a ramp that deviated is not scaled up before somebody has written down what was learned. */
export class NotLearned extends Error {
  override readonly name = 'NotLearned';

  constructor(run: string) {
    super(
      `it deviated in run ${run}, and nobody has written down what was learned: ./chaos experiment note ${run} "..."`,
    );
  }
}

async function refuseUnlearned(
  experiment: Experiment,
  ledger: Pick<ExperimentLedger, 'recentExperiments'>,
): Promise<void> {
  const { found } = await ledger.recentExperiments(mostSearched);
  const past = found.flatMap(({ ended, ...run }) =>
    ended === undefined ? [] : [{ ...run, verdict: { is: ended.verdict } }],
  );
  const held = unlearnedRun(experiment, past);
  if (held !== undefined) throw new NotLearned(held);
}
