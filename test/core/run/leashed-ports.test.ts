import { describe, expect, test } from 'vitest';
import type { BudgetLimit } from '#core/model/budget.ts';
import { leashedLedger, leashedStriker } from '#core/run/leashed-ports.ts';
import { aGroupRecord, aStrikeEntry } from '../../support/a-guard-context.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld } from '../../support/a-world.ts';
import { readable } from '../../support/readable.ts';

const ofDay: BudgetLimit = { scope: 'organization', of: '', over: '2026-11-23', max: 3 };
const ofApp: BudgetLimit = { scope: 'app', of: 'shop', over: 'unverified', max: 1 };
const claimOf = (...budgets: readonly BudgetLimit[]) => ({ ...aStrikeEntry(), budgets });

/** Over a ledger in which so much of each budget is used. */
const over = (...used: readonly (number | undefined)[]) =>
  leashedLedger({
    groupRecords: async (groups) => readable(new Map(groups.map((group) => [group, aGroupRecord()]))),
    usage: async () => readable(used),
  });

describe('the leashed ledger', () => {
  test('counts claims on top of what is used, and says which budget is exhausted', async () => {
    const ledger = over(1);
    await ledger.usage([ofDay]);
    expect(await ledger.claim(claimOf(ofDay))).toEqual({ status: 'claimed' });
    expect(await ledger.claim(claimOf(ofDay))).toEqual({ status: 'claimed' });
    expect(await ledger.claim(claimOf(ofDay))).toEqual({ status: 'exhausted', budget: ofDay });
  });

  test('a claim that one budget has no room for counts against none', async () => {
    const ledger = over(0, 1);
    await ledger.usage([ofDay, ofApp]);
    expect(await ledger.claim(claimOf(ofDay, ofApp))).toEqual({ status: 'exhausted', budget: ofApp });
    expect((await ledger.usage([ofDay, ofApp])).found).toEqual([0, 1]);
  });

  test('shows claims as used to whoever asks later, once each', async () => {
    const ledger = over(1, 0);
    await ledger.usage([ofDay, ofApp]);
    await ledger.claim(claimOf(ofDay, ofApp));
    expect((await ledger.usage([ofDay, ofApp])).found).toEqual([2, 1]);
    expect((await ledger.usage([ofDay, ofApp])).found).toEqual([2, 1]);
    expect(await ledger.claim(claimOf(ofDay))).toEqual({ status: 'claimed' });
    expect(await ledger.claim(claimOf(ofDay))).toEqual({ status: 'exhausted', budget: ofDay });
  });

  test('a budget that was not read, as no other group adds to it, has what was claimed of it', async () => {
    const ledger = over();
    expect(await ledger.claim(claimOf(ofApp))).toEqual({ status: 'claimed' });
    expect(await ledger.claim(claimOf(ofApp))).toEqual({ status: 'exhausted', budget: ofApp });
  });

  test('what cannot be read stays unknown, and is named', async () => {
    const item = { table: 'ledger', pk: 'budget', sk: 'day', why: 'used: found "b"', group: undefined };
    const usage = async () => ({ found: [undefined, 2], unreadable: [item] });
    const ledger = leashedLedger({ ...aWorld().ledger, usage });
    await ledger.claim(claimOf(ofDay));
    expect(await ledger.usage([ofDay, ofApp])).toEqual({ found: [undefined, 2], unreadable: [item] });
  });

  test('reads records from the real one, and begins whatever was claimed', async () => {
    const ledger = over();
    expect((await ledger.groupRecords(['web'])).found).toEqual(new Map([['web', aGroupRecord()]]));
    expect(await ledger.begin(aStrikeEntry())).toBe('begun');
  });
});

describe('the leashed striker', () => {
  test('opens one session for all orders, and touches nothing', async () => {
    const { target, fault } = aStrikeEntry();
    const order = { target, fault, app: undefined, healthy: 3, version: 0 };
    const { value: sessions, failures } = await leashedStriker.open([order], aRun(aWorld()));
    expect(failures).toEqual([]);
    expect(sessions.map(({ orders }) => orders)).toEqual([[order]]);
    expect(await sessions[0]?.strike(order, 0)).toEqual({
      outcome: 'leashed',
      detail: 'leashed: nothing was touched',
    });
  });
});
