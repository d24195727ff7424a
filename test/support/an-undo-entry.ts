import { type UndoEntry, undoIdOf } from '#core/model/undo-entry.ts';
import { aClaim } from './a-claim.ts';

/** The entry of `aClaim()`'s strike, just reserved. The id follows from slot, group and run. */
export function anUndoEntry(overrides: Partial<UndoEntry> = {}): UndoEntry {
  const { slot, group, runId, target, abandonedAfter } = aClaim(overrides);
  return {
    id: undoIdOf({ slot, group, runId }),
    slot,
    group,
    runId,
    target,
    fault: { name: 'lambda-concurrency', parameters: { limit: 0 } },
    faultVersion: 1,
    role: {
      arn: 'arn:aws:iam::222222222222:role/chaos-undo',
      externalId: 'shared-with-master',
      optInKey: 'chaos:opt-in',
    },
    state: 'reserved',
    revision: 0,
    saved: { limit: null },
    locks: ['arn:aws:lambda:eu-west-1:222222222222:function:checkout'],
    hits: ['arn:aws:lambda:eu-west-1:222222222222:function:checkout'],
    reservedAt: '2026-11-23T09:00:01.000Z',
    notAfter: '2026-11-23T09:01:01.000Z',
    abandonedAfter,
    durationMs: 300_000,
    deadline: '2026-11-23T09:05:01.000Z',
    activeAt: undefined,
    selfExpiry: { by: 'schedule', at: '2026-11-23T09:15:01.000Z', schedules: 1 },
    attempts: 0,
    failingSince: undefined,
    nextAttemptAt: undefined,
    problem: undefined,
    byHand: ['aws lambda delete-function-concurrency --function-name checkout --region eu-west-1'],
    ...overrides,
  };
}
