import type { ExperimentRecord } from '#core/reports/experiment-record.ts';

/** A record as people see it. What wakes it is for the janitor. */
export function shownRecord({ wakeUp: _, ...record }: ExperimentRecord): Omit<ExperimentRecord, 'wakeUp'> {
  return record;
}

/** The same in a list, which is small. */
export function listedRecord(record: ExperimentRecord): Omit<ExperimentRecord, 'wakeUp' | 'notes'> {
  const { notes: _, ...listed } = shownRecord(record);
  return listed;
}
