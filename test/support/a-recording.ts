import type { Ledger } from '#core/ports/ledger.ts';
import type { RecordedGroup, Recording } from '#core/reports/recording.ts';
import { aStrikeEntry } from './a-claim.ts';
import { aGroup } from './a-group.ts';
import { anInspection } from './a-guard-context.ts';
import { aDecision } from './a-report.ts';

/** Of a run that saw `web`, which was not drawn, and `api`, which was drawn and looked up. */
export function aRecording(overrides: Partial<Recording> = {}): Recording {
  return {
    schemaVersion: 2,
    runId: '20261123T090000Z-3f9a1c2b',
    slot: { id: '2026-11-23T09:00:00Z', at: Date.parse('2026-11-23T09:00:00Z') },
    now: Date.parse('2026-11-23T09:00:03.120Z'),
    config: { master: { account: '111111111111' }, rate: { probability: 1 / 6 } },
    request: { accounts: ['222222222222'] },
    open: { ok: true, value: [aStrikeEntry({ state: 'succeeded', app: undefined })] },
    groups: [aRecordedGroup(), aLookedUpGroup()],
    ...overrides,
  };
}

export function aRecordedGroup(overrides: Partial<RecordedGroup> = {}): RecordedGroup {
  return { decision: aDecision(), group: aGroup({ members: [], desired: 3 }), ...overrides };
}

/** Keeps a recording as a run does that has it all at once. */
export async function keepRecording(ledger: Ledger, { groups, ...head }: Recording): Promise<void> {
  const writer = ledger.openRecording(head);
  writer.add(groups);
  await writer.close();
}

function aLookedUpGroup(): RecordedGroup {
  const group = aGroup({ name: 'api', kind: 'tag' });
  return {
    group,
    decision: aDecision({
      group: group.key,
      verdict: 'strike',
      reason: { code: 'drawn', text: 'drew 0.1, a strike is below 0.1667' },
      drawn: 0.1,
    }),
    ledgerState: {
      record: {
        ok: true,
        value: {
          version: 2,
          last: { slot: 's', day: '2026-11-20', at: '2026-11-20T09:00:01Z' },
          veto: undefined,
          leash: { reason: 'flaky', by: 'ann', at: '2026-11-23T08:00:00Z' },
        },
      },
      budgets: {
        ok: true,
        value: [
          { scope: 'organization', of: '', over: '2026-11-23', max: 5, used: 2 },
          { scope: 'group', of: group.key, over: 'unverified', max: 1, used: 0 },
        ],
      },
    },
    looked: anInspection(group, {
      activities: { ok: false, reason: 'Rate exceeded' },
      alarms: { ok: true, value: [{ name: 'errors', state: 'INSUFFICIENT_DATA' }] },
      safetyLever: { ok: true, value: { status: 'disengaged', reason: 'never engaged' } },
    }),
    protections: {
      'i-api-a': { ok: true, value: ['stop'] },
      'i-api-b': { ok: false, reason: 'AccessDenied' },
    },
    targetId: 'i-api-a',
  };
}
