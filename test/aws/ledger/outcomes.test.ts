import type { TransactWriteItemsInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { LedgerError } from '#aws/ledger/table.ts';
import { StrikeConflict } from '#core/model/strike.ts';
import { aBudget, aClaim, aRecovery } from '../../support/a-claim.ts';
import { ledgersOnSandbox } from '../../support/a-ledger-on-sandbox.ts';

const [day, unverified] = [aBudget(), aBudget({ over: 'unverified' })];
const claim = aClaim({ budgets: [day, unverified] });
const failed = { outcome: 'failed', detail: 'denied' } as const;
const succeeded = { outcome: 'succeeded', detail: '' } as const;
const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
const groupKey = `group#${claim.group}`;

/** A ledger on which the claim was made, and the names of the calls since. */
async function claimed() {
  const calls: string[] = [];
  const ledgers = ledgersOnSandbox((transport) => (call) => {
    calls.push(call.command.replace('Command', ''));
    return transport(call);
  });
  const ledger = ledgers.open();
  await ledger.claim(claim);
  calls.length = 0;
  return { ...ledgers, ledger, calls };
}

describe('a claimed strike', () => {
  test('begins with one write, followed by one read of the stop', async () => {
    const { ledger, calls } = await claimed();
    expect(await ledger.begin(claim)).toBe('begun');
    expect(calls).toEqual(['TransactWriteItems', 'GetItem']);
  });

  test('does not begin if the stop cannot be read', async () => {
    const { ledger, sandbox } = await claimed();
    sandbox.disruptions.deny({ action: 'dynamodb:GetItem' });
    await expect(ledger.begin(claim)).rejects.toBeInstanceOf(LedgerError);
    sandbox.disruptions.clear();
    expect(await ledger.begin(claim)).toBe('gone');
    expect((await ledger.openStrikes()).found).toMatchObject([{ state: 'striking' }]);
  });

  test('is settled as succeeded with one write', async () => {
    const { ledger, calls } = await claimed();
    await ledger.settle(claim, succeeded);
    expect(calls).toEqual(['TransactWriteItems']);
  });

  test('is settled as failed even if a counter has expired or was deleted, and no counter falls below 0', async () => {
    const { ledger, table } = await claimed();
    table.delete(key('budget#organization#', 'day#2026-11-23'));
    table.delete(key('budget#organization#', 'unverified'));
    await ledger.settle(claim, failed);
    expect((await ledger.recentStrikes(claim.group, 1)).found).toMatchObject([{ state: 'failed' }]);
    expect((await ledger.usage([day, unverified])).found).toEqual([0, 0]);
    expect((await ledger.openStrikes()).found).toEqual([]);
  });

  test('refunds the existing counters if one is missing', async () => {
    const { ledger, table } = await claimed();
    await ledger.claim(aClaim({ group: 'other', budgets: claim.budgets }));
    table.delete(key('budget#organization#', 'day#2026-11-23'));
    await ledger.settle(claim, failed);
    expect((await ledger.usage([day, unverified])).found).toEqual([0, 1]);
  });

  test('is closed even if the counter was deleted', async () => {
    const { ledger, table } = await claimed();
    await ledger.settle(claim, succeeded);
    table.delete(key('budget#organization#', 'unverified'));
    await ledger.close(claim, aRecovery());
    expect((await ledger.openStrikes()).found).toEqual([]);
    expect((await ledger.usage([unverified])).found).toEqual([0]);
  });

  test('is settled as failed even if somebody deleted the record', async () => {
    const { ledger, table } = await claimed();
    table.delete(key(groupKey, 'record'));
    await ledger.settle(claim, failed);
    expect((await ledger.groupRecords([claim.group])).found.get(claim.group)).toMatchObject({
      last: undefined,
    });
    expect((await ledger.usage([day, unverified])).found).toEqual([0, 0]);
  });

  test('keeps the last strike if only its entry has expired', async () => {
    const { ledger, table } = await claimed();
    const later = aClaim({ slot: '2026-11-24T09:00:00Z', day: '2026-11-24', version: 1 });
    await ledger.claim(later);
    table.delete(key(groupKey, 'strike#2026-11-24T09:00:00Z'));
    await ledger.settle(claim, failed);
    expect((await ledger.groupRecords([claim.group])).found.get(claim.group)).toMatchObject({
      version: 3,
      last: { day: '2026-11-24' },
    });
  });

  test('is settled on the second attempt if the record changed during the first', async () => {
    let isChanged = false;
    const ledgers = ledgersOnSandbox((transport) => async (call) => {
      const isRefund = JSON.stringify(call.input).includes('REMOVE #last');
      if (isRefund && !isChanged) {
        isChanged = true;
        await ledgers.open().setVeto(claim.group, { reason: 'audit', by: 'ann', at: '', until: '' });
      }
      return transport(call);
    });
    await ledgers.open().claim(claim);
    await ledgers.open().settle(claim, failed);
    expect((await ledgers.open().groupRecords([claim.group])).found.get(claim.group)).toMatchObject({
      version: 3,
      last: undefined,
      veto: { reason: 'audit' },
    });
  });

  test('is given up if the record changes during every attempt', async () => {
    let version = 0;
    const ledgers = ledgersOnSandbox((transport) => async (call) => {
      const isRefund = JSON.stringify(call.input).includes('REMOVE #last');
      if (isRefund) {
        version += 1;
        await ledgers.open().setLeash(claim.group, { reason: String(version), by: 'ann', at: '' });
      }
      return transport(call);
    });
    await ledgers.open().claim(claim);
    await expect(ledgers.open().settle(claim, failed)).rejects.toThrow(
      `the record of ${claim.group} changes all the time`,
    );
    expect(version).toBe(10);
    expect((await ledgers.open().usage([day, unverified])).found).toEqual([1, 1]);
  });

  test('belongs to another run that was faster, between the read and the write', async () => {
    let isQuicker = true;
    const ledgers = ledgersOnSandbox((transport) => async (call) => {
      const { TransactItems = [] } = call.input as TransactWriteItemsInput;
      if (isQuicker && TransactItems[0]?.Update?.UpdateExpression?.includes('#state = ')) {
        isQuicker = false;
        await ledgers.open().settle(claim, succeeded);
      }
      return transport(call);
    });
    await ledgers.open().claim(claim);
    await expect(ledgers.open().settle(claim, failed)).rejects.toBeInstanceOf(StrikeConflict);
    expect((await ledgers.open().recentStrikes(claim.group, 1)).found).toMatchObject([
      { state: 'succeeded' },
    ]);
    expect((await ledgers.open().usage([day, unverified])).found).toEqual([1, 1]);
  });
});
