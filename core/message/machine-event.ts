import type { RunReport } from '../report.ts';

/** What machines are told of a run: the topic's other subscribers, and the notifier. */
export interface MachineEvent {
  readonly schemaVersion: 1;
  readonly type: 'chaos.run';
  readonly report: RunReport;
}

export function machineEvent(report: RunReport): MachineEvent {
  return { schemaVersion: 1, type: 'chaos.run', report };
}
