import type { GuardContext } from '../guards/guard.ts';
import type { Ledger, RecordingWriter } from '../ports/ledger.ts';
import type { RecordedGroup } from '../reports/recording.ts';
import type { EvaluatedGroup } from './inspect-drawn.ts';
import type { Run } from './start-run.ts';

/** Keeps what a run's decisions were made from as they become final, so that it need not stay in memory. */
export interface Recorder extends Pick<RecordingWriter, 'close'> {
  add(groups: readonly EvaluatedGroup[]): void;
}

export function startRecording(
  { runId, slot, request }: Pick<Run, 'runId' | 'slot' | 'request'>,
  { config, now, open, unreadable }: Pick<GuardContext, 'config' | 'now' | 'open' | 'unreadable'>,
  ledger: Pick<Ledger, 'openRecording'>,
): Recorder {
  const writer = ledger.openRecording({
    schemaVersion: 2,
    ...{ runId, slot, now, config, request, open },
    ...(unreadable.length > 0 && { unreadable }),
  });
  return { add: (evaluated) => writer.add(evaluated.map(recordedGroup)), close: () => writer.close() };
}

function recordedGroup({ group, evidence, decision, order }: EvaluatedGroup): RecordedGroup {
  const { ledger, inspection, protections, preparations } = evidence;
  if (ledger === undefined) return { decision, group };
  return {
    decision,
    group,
    ledgerState: ledger,
    looked: inspection && {
      ...inspection,
      group: inspection.group === group ? 'unchanged' : inspection.group,
    },
    protections: protections && Object.fromEntries(protections),
    preparations: preparations && preparations.size > 0 ? Object.fromEntries(preparations) : undefined,
    targetId: order?.target.id,
  };
}
