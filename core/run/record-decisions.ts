import type { GuardContext } from '../guards/guard.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { RecordedGroup } from '../reports/recording.ts';
import type { EvaluatedGroup } from './inspect-drawn.ts';
import type { Run } from './start-run.ts';

/** Keeps what a run's decisions were made from as they become final, so that none of it stays in memory. Does not reject. */
export interface Recorder {
  add(groups: readonly EvaluatedGroup[]): Promise<void>;
  /** Completes the recording. Why it could not be kept, if it could not: after the first failure nothing more is written. */
  close(): Promise<readonly Failure[]>;
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
  const failures: Failure[] = [];
  const unlessFailed = async (write: () => Promise<void>) => {
    if (failures.length > 0) return;
    await write().catch((error: unknown) => failures.push(failure('record', error)));
  };
  return {
    add: (evaluated) => unlessFailed(() => writer.add(evaluated.map(recordedGroup))),
    close: async () => {
      await unlessFailed(() => writer.close());
      return failures;
    },
  };
}

function recordedGroup({ group, evidence, decision, order }: EvaluatedGroup): RecordedGroup {
  const { ledger, inspection, protections } = evidence;
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
    targetId: order?.target.id,
  };
}
