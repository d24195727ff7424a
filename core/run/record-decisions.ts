import type { GuardContext } from '../guards/guard.ts';
import type { RecordedGroup, Recording } from '../reports/recording.ts';
import type { EvaluatedGroup } from './inspect-drawn.ts';
import type { Run } from './start-run.ts';

/** Gathers what a run's decisions were made from, round by round, as they become final. */
export interface Recorder {
  add(groups: readonly EvaluatedGroup[]): void;
  recording(): Recording;
}

export function startRecording(
  { runId, slot, request }: Pick<Run, 'runId' | 'slot' | 'request'>,
  { config, now, open, unreadable }: Pick<GuardContext, 'config' | 'now' | 'open' | 'unreadable'>,
): Recorder {
  const groups: RecordedGroup[] = [];
  return {
    add: (evaluated) => {
      for (const one of evaluated) groups.push(recordedGroup(one));
    },
    recording: () => ({
      schemaVersion: 2,
      runId,
      slot,
      now,
      config,
      request,
      open,
      ...(unreadable.length > 0 && { unreadable }),
      groups,
    }),
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
