import type { Decided } from '../decide/decide-group.ts';
import type { UnreadableItem } from '../model/unreadable-item.ts';
import type { Recording } from '../reports/recording.ts';
import type { Considered } from './inspect-drawn.ts';
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
  considered: readonly Considered[],
): Recording {
  return {
    schemaVersion: 1,
    runId,
    slot,
    now,
    config,
    request,
    open,
    ...(unreadable.length > 0 && { unreadable }),
    groups: [
      ...decided.flatMap(({ drawn, decision, seen }) =>
        drawn === undefined ? [{ decision, group: seen }] : [],
      ),
      ...considered.map(({ drawn: { group }, decision, order, ledgerState, lookedUp }) => ({
        decision,
        group,
        ledgerState,
        looked: lookedUp && {
          ...lookedUp.looked,
          group: lookedUp.looked.group === group ? 'unchanged' : lookedUp.looked.group,
        },
        protections: lookedUp && Object.fromEntries(lookedUp.protections),
        instanceId: order?.target.instanceId,
      })),
    ],
  };
}
