import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { fitEnd, fitLease, fitNote, fitRecord, fitStop, mostNotes } from '#core/ledger/fit-experiment.ts';
import type { Readable } from '#core/model/unreadable-item.ts';
import type { Clock } from '#core/ports/clock.ts';
import { type ExperimentLedger, ExperimentOver } from '#core/ports/experiment-ledger.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { type Item, toAttribute, toItem } from './attributes.ts';
import {
  changeExperiment,
  deleteRunning,
  experimentKey,
  experimentsPartition,
  lastStartKey,
  parseExperiment,
  putExperiment,
  putLastStart,
  putRunning,
  runningPartition,
} from './experiment-items.ts';
import { type Read, splitReads, valueOrThrow } from './read.ts';
import { LedgerError, type LedgerTable, readsAtOnce } from './table.ts';
import type { Transact } from './transactions.ts';

const isRunning = 'attribute_exists(#pk) AND attribute_not_exists(#ended)';
/** Two people hardly ever write at the same moment. */
const maxTries = 10;

export function ledgerExperiments(
  { tableName, get, readPartition, readNewest }: LedgerTable,
  transact: Transact,
  clock: Clock,
): ExperimentLedger {
  const read = async (id: string): Promise<Read<ExperimentRecord> | undefined> => {
    const item = await get(experimentKey(id));
    return item && parseExperiment(item, tableName, id);
  };
  const find = async (id: string): Promise<ExperimentRecord | undefined> => {
    const one = await read(id);
    return one && valueOrThrow(one);
  };
  const idOf = ({ sk }: Item) => sk?.S ?? '';
  const readRunning = async (): Promise<Readable<readonly ExperimentRecord[]>> => {
    const pointers = await readPartition(runningPartition);
    const reads = await pMap(pointers, (item) => read(idOf(item)), { concurrency: readsAtOnce });
    const { found, unreadable } = splitReads(reads.filter((one) => one !== undefined));
    // One may have ended since its pointer was read.
    return { found: found.filter(({ ended }) => ended === undefined), unreadable };
  };

  return {
    beginExperiment: async (given, admit) => {
      const record = fitRecord(given);
      const { id } = record;
      for (let tries = 0; tries < maxTries; tries += 1) {
        // Before what is running is read: whatever begins after that has replaced it.
        const before = (await get(lastStartKey))?.experiment?.S;
        const { found, unreadable } = await readRunning();
        if (!found.some((one) => one.id === id)) admit?.({ found, unreadable });
        const refused = await transact([
          putExperiment(record, clock.now()),
          putRunning(id),
          putLastStart(id, before),
        ]);
        if (refused === undefined) return true;
        if (refused[0] === undefined) continue;
        const existing = parseExperiment(refused[0].item ?? {}, tableName, id);
        return 'value' in existing && isDeepStrictEqual(existing.value, record);
      }
      throw new LedgerError('experiments keep being started', tableName, undefined);
    },

    experiment: find,

    renewLease: async (id, lease) => {
      const isHeld = `${isRunning} AND #leaseUntil >= :now`;
      const { now } = lease;
      const refused = await transact([changeExperiment(id, fitLease(lease), isHeld, toItem({ now }))]);
      if (refused !== undefined) throw new ExperimentOver(id);
    },

    stopExperiment: async (id, given) => {
      const stop = fitStop(given);
      const isFirst = `${isRunning} AND attribute_not_exists(#stop)`;
      const refused = await transact([changeExperiment(id, { stop }, isFirst)]);
      const existing = refused?.[0]?.item;
      if (refused === undefined) return true;
      // Its own answer was lost, and meanwhile it has come to its end.
      const isRepeated = isDeepStrictEqual(existing?.stop, toAttribute(stop));
      return existing !== undefined && (existing.ended === undefined || isRepeated);
    },

    endExperiment: async (id, given) => {
      await transact([changeExperiment(id, { ended: fitEnd(given) }, isRunning), deleteRunning(id)]);
    },

    addExperimentNote: async (id, given) => {
      const note = fitNote(given);
      for (let tries = 0; tries < maxTries; tries += 1) {
        const record = await find(id);
        if (record === undefined) return 'unknown';
        const { notes } = record;
        if (notes.some((one) => isDeepStrictEqual(one, note))) return 'noted';
        if (notes.length >= mostNotes) return 'full';
        const seen = { seen: toAttribute(notes) };
        const refused = await transact([
          changeExperiment(id, { notes: [...notes, note] }, '#notes = :seen', seen),
        ]);
        if (refused === undefined) return 'noted';
      }
      throw new LedgerError(`the notes on experiment ${id} keep changing`, tableName, undefined);
    },

    recentExperiments: async (limit) =>
      splitReads(
        (await readNewest(experimentsPartition, limit)).map((item) =>
          parseExperiment(item, tableName, idOf(item)),
        ),
      ),

    runningExperiments: readRunning,
  };
}
