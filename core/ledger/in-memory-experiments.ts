import { isDeepStrictEqual } from 'node:util';
import { type ExperimentLedger, ExperimentOver } from '../ports/experiment-ledger.ts';
import type { ExperimentRecord } from '../reports/experiment-record.ts';
import { compareStrings } from '../util/compare-strings.ts';
import { fitEnd, fitLease, fitNote, fitRecord, fitStop, mostNotes } from './fit-experiment.ts';

/** Experiments that are remembered for as long as the process lives. No method awaits anything, so each is atomic. */
export function inMemoryExperiments(): ExperimentLedger {
  const records = new Map<string, ExperimentRecord>();
  const running = (id: string): ExperimentRecord | undefined => {
    const record = records.get(id);
    return record?.ended === undefined ? record : undefined;
  };
  const allRunning = () => [...records.values()].filter(({ ended }) => ended === undefined);
  return {
    beginExperiment: async (given, admit) => {
      const record = fitRecord(given);
      const existing = records.get(record.id);
      if (existing !== undefined) return isDeepStrictEqual(existing, record);
      admit?.({ found: allRunning(), unreadable: [] });
      records.set(record.id, record);
      return true;
    },
    experiment: async (id) => records.get(id),
    renewLease: async (id, lease) => {
      const record = running(id);
      if (record === undefined || record.leaseUntil < lease.now) throw new ExperimentOver(id);
      records.set(id, { ...record, ...fitLease(lease) });
    },
    stopExperiment: async (id, given) => {
      const stop = fitStop(given);
      const record = running(id);
      // Its own answer was lost, and meanwhile it has come to its end.
      if (record === undefined) return isDeepStrictEqual(records.get(id)?.stop, stop);
      records.set(id, { stop, ...record });
      return true;
    },
    endExperiment: async (id, ended) => {
      const record = running(id);
      if (record !== undefined) records.set(id, { ...record, ended: fitEnd(ended) });
    },
    addExperimentNote: async (id, given) => {
      const note = fitNote(given);
      const record = records.get(id);
      if (record === undefined) return 'unknown';
      if (record.notes.some((one) => isDeepStrictEqual(one, note))) return 'noted';
      if (record.notes.length >= mostNotes) return 'full';
      records.set(id, { ...record, notes: [...record.notes, note] });
      return 'noted';
    },
    recentExperiments: async (limit) => ({
      found: [...records.values()].sort((a, b) => compareStrings(b.id, a.id)).slice(0, limit),
      unreadable: [],
    }),
    runningExperiments: async () => ({ found: allRunning(), unreadable: [] }),
  };
}
