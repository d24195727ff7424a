import type { BudgetLimit } from '#core/model/budget.ts';
import type { Recovery } from '#core/model/recovery.ts';
import type { Claim, StrikeEntry } from '#core/model/strike.ts';
import { aTarget } from './a-target.ts';

/** A claim on a group that nothing is on record about, without budgets. The target follows from the group. */
export function aClaim(overrides: Partial<Claim> = {}): Claim {
  const group = overrides.group ?? '222222222222/eu-west-1/asg/web';
  return {
    slot: '2026-11-23T09:00:00Z',
    group,
    runId: '20261123T090000Z-00000001',
    target: aTarget({ id: 'i-0123456789abcdef0', group }),
    fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
    app: 'shop',
    healthy: 3,
    version: 0,
    day: '2026-11-23',
    at: '2026-11-23T09:00:01.000Z',
    abandonedAfter: Date.parse('2026-11-23T09:06:00Z'),
    budgets: [],
    ...overrides,
  };
}

/** A claim's strike as the ledger has it. */
export function aStrikeEntry(overrides: Partial<StrikeEntry> = {}): StrikeEntry {
  return { ...aClaim(overrides), state: 'planned', detail: '', recovery: undefined, ...overrides };
}

export function aRecovery(overrides: Partial<Recovery> = {}): Recovery {
  return {
    outcome: 'recovered',
    at: '2026-11-23T09:04:00.000Z',
    tookMs: 95_000,
    exact: true,
    text: '3 of 3 desired are healthy',
    ...overrides,
  };
}

/** Of the organization, on the claim's day, unless told otherwise. */
export function aBudget(overrides: Partial<BudgetLimit> = {}): BudgetLimit {
  return { scope: 'organization', of: '', over: '2026-11-23', max: 5, ...overrides };
}
