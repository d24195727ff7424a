import type { ExperimentRecord } from '#core/reports/experiment-record.ts';

export const anExperimentId = '20261123T090000Z-3f9a1c2b';

export function anExperimentRecord(overrides: Partial<ExperimentRecord> = {}): ExperimentRecord {
  return {
    id: anExperimentId,
    title: 'What if listImages takes an extra 300 ms?',
    owner: 'team-shop',
    fileHash: 'ab'.repeat(32),
    rehearsal: false,
    trigger: 'cli',
    startedBy: 'alice',
    startedAt: '2026-11-23T09:00:00.000Z',
    leaseUntil: Date.parse('2026-11-23T09:01:30.000Z'),
    isWaiting: false,
    notes: [],
    ...overrides,
  };
}
