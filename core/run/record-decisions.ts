import type { Decided } from '../decide/decide-group.ts';
import type { UnreadableItem } from '../model/unreadable-item.ts';
import type { Recording } from '../reports/recording.ts';
import type { Inspected } from './inspect-drawn.ts';
import type { Run } from './start-run.ts';

export function recordingOf(
  { runId, slot, request }: Pick<Run, 'runId' | 'slot' | 'request'>,
  {
    config,
    now,
    open,
    unreadable,
  }: Pick<Recording, 'config' | 'now' | 'open'> & { readonly unreadable: readonly UnreadableItem[] },
  decided: readonly Decided[],
  inspected: readonly Inspected[],
): Recording {
  return {
    schemaVersion: 2,
    runId,
    slot,
    now,
    config,
    request,
    open,
    ...(unreadable.length > 0 && { unreadable }),
    groups: [
      ...decided.flatMap(({ drawn, decision, decidedOn: seen }) =>
        drawn === undefined ? [{ decision, group: seen }] : [],
      ),
      ...inspected.map(({ drawn: { group }, decision, order, ledgerState, inspected }) => ({
        decision,
        group,
        ledgerState,
        looked: inspected && {
          ...inspected.looked,
          group: inspected.looked.group === group ? 'unchanged' : inspected.looked.group,
        },
        protections: inspected && Object.fromEntries(inspected.protections),
        targetId: order?.target.id,
      })),
    ],
  };
}
