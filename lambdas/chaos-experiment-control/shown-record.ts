import type { ExperimentRecord } from '#core/reports/experiment-record.ts';

type ShownRecord = Omit<ExperimentRecord, 'wakeUp' | 'stopConditions'>;

/** A record as people see it. What wakes it, and which alarms end it, is for the janitor. */
export function shownRecord({ wakeUp: _, stopConditions: __, ...record }: ExperimentRecord): ShownRecord {
  return record;
}

/** The same in a list, which is small. */
export function listedRecord(record: ExperimentRecord): Omit<ShownRecord, 'notes'> {
  const { notes: _, ...listed } = shownRecord(record);
  return listed;
}
