import { createHash } from 'node:crypto';
import type { Known } from '#core/experiment/file/known.ts';
import { type ExperimentWarning, readExperiment } from '#core/experiment/file/read-experiment.ts';
import { mostSearched, unlearnedRun } from '#core/experiment/unlearned.ts';
import { noteCommand } from '#core/experiment/wording/note-command.ts';
import type { Experiment } from '#core/model/experiment.ts';
import { momentOfRunId, runIdOf } from '#core/model/run-context.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { compareStrings } from '#core/util/compare-strings.ts';
import { InvalidInput } from '#core/util/parse.ts';
import type { ExperimentOrder } from '../shared/experiment-order.ts';
import { admitStart } from './admit-start.ts';
import type { StartOrder } from './start-request.ts';

export interface StartParts {
  readonly clock: Clock;
  readonly known: Known;
  readonly ledger: Pick<ExperimentLedger, 'beginExperiment' | 'experiment' | 'recentExperiments'>;
  /** Starts `chaos_experiment`, and does not wait for it. Doing so again changes nothing. */
  readonly start: (order: ExperimentOrder) => Promise<void>;
}

export interface Started {
  readonly id: string;
  /** False: a run of this id was on record. It goes on, or is over. */
  readonly isNew: boolean;
  readonly warnings: readonly ExperimentWarning[];
}

/** Lambda may keep an event waiting where the account's concurrency is used up. */
const startsWithinMs = 5 * 60_000;
const dayMs = 24 * 60 * 60_000;

/**
 * Puts a run of an experiment on record, and starts it: its file in, the run's id out. `requestId`: one run for each, if the order does
 * not say which. Throws `InvalidInput` for a file that is not valid, `NotLearned` and `AlreadyRunning`; nothing has been done then.
 * Whether anything may be injected is asked by the run itself.
 */
export async function startExperiment(
  order: StartOrder,
  requestId: string,
  parts: StartParts,
): Promise<Started> {
  const { clock, known, ledger, start } = parts;
  const { file, rehearsal, trigger, startedBy } = order;
  const { experiment, fileHash, warnings } = readExperiment(file, 'file', known);
  const now = clock.now();
  const { title, owner } = experiment;
  const stopConditions = experiment.stopConditions.map(({ name, arn }) => ({ name, arn }));
  const run = {
    ...{ title, owner, fileHash, rehearsal, trigger, startedBy },
    ...(stopConditions.length > 0 && { stopConditions }),
  };
  const named = nameOf(order, fileHash, now);
  const past = named === undefined || !rehearsal ? await pastRuns(ledger) : [];
  const id = named ?? nameOfRequest(requestId, now, past);
  const before = await ledger.experiment(id);
  if (before === undefined && !rehearsal) refuseUnlearned(experiment, past);
  const record = recordOf({ id, ...run }, now);
  const { maxRunning } = known.config.experiments;
  const isNew =
    before === undefined &&
    (await ledger.beginExperiment(record, (running) => admitStart(record, running, maxRunning)));
  const onRecord = isNew ? record : await ledger.experiment(id);
  if (onRecord !== undefined) requireSame(onRecord, run);
  // Whoever put it on record may have died before starting it. With the same input, it is surely the same execution.
  if (onRecord?.ended === undefined) await start({ id, file });
  return { id, isNew, warnings };
}

/** The name that an order gives its run, if it does. Lists are in the order of names: none may be on top of them for years. */
function nameOf({ id, slot }: StartOrder, fileHash: string, now: number): string | undefined {
  const name = slot === undefined ? id : runIdOf(Date.parse(slot), fileHash.slice(0, 8));
  if (name === undefined) return undefined;
  const moment = momentOfRunId(name);
  if (moment !== undefined && Math.abs(moment - now) <= dayMs) return name;
  const path = slot === undefined ? 'id' : 'slot';
  const expected = 'expected a moment within a day of now';
  throw new InvalidInput('request', [{ path, expected, found: JSON.stringify(slot ?? id) }]);
}

/** Lambda tries an event again, minutes later, after an error: that is the same run. */
function nameOfRequest(requestId: string, now: number, past: readonly ExperimentRecord[]): string {
  const digits = createHash('sha256').update(requestId).digest('hex').slice(0, 8);
  return past.find(({ id }) => id.endsWith(`-${digits}`))?.id ?? runIdOf(now, digits);
}

function requireSame(
  onRecord: ExperimentRecord,
  { fileHash, rehearsal }: Pick<ExperimentRecord, 'fileHash' | 'rehearsal'>,
): void {
  if (onRecord.fileHash === fileHash && onRecord.rehearsal === rehearsal) return;
  const other =
    onRecord.fileHash === fileHash ? `a ${rehearsal ? 'live one' : 'rehearsal'}` : 'a run of another file';
  const expected = `expected an id of its own: ${other} has this one`;
  throw new InvalidInput('request', [{ path: 'id', expected, found: JSON.stringify(onRecord.id) }]);
}

function recordOf(
  run: Omit<ExperimentRecord, 'startedAt' | 'leaseUntil' | 'isWaiting' | 'notes'>,
  now: number,
): ExperimentRecord {
  const startedAt = new Date(now).toISOString();
  return { ...run, startedAt, leaseUntil: now + startsWithinMs, isWaiting: false, notes: [] };
}

/** An experiment with a ramp that deviated is not scaled up before somebody has written down what was learned. */
export class NotLearned extends Error {
  override readonly name = 'NotLearned';

  constructor(run: string) {
    super(`it deviated in run ${run}, and nobody has written down what was learned: ${noteCommand(run)}`);
  }
}

/** The newest first: ids are of a day that whoever starts it may choose. */
async function pastRuns(ledger: StartParts['ledger']): Promise<readonly ExperimentRecord[]> {
  const { found } = await ledger.recentExperiments(mostSearched);
  return found.toSorted((a, b) => compareStrings(b.startedAt, a.startedAt));
}

function refuseUnlearned(experiment: Experiment, past: readonly ExperimentRecord[]): void {
  const over = past.flatMap(({ ended, ...run }) =>
    ended === undefined
      ? []
      : [{ ...run, hasDeviated: ended.verdict === 'deviated' || ended.hasDeviated === true }],
  );
  const held = unlearnedRun(experiment, over);
  if (held !== undefined) throw new NotLearned(held);
}
