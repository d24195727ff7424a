import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Transport, TransportCall } from '#aws/clients/transport.ts';
import { isWaiting } from '#core/ledger/strike-states.ts';
import type { BudgetLimit } from '#core/model/budget.ts';
import { type StrikeId, type StrikeOutcome, strikeKey } from '#core/model/strike.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aClaim, aRecovery } from '../support/a-claim.ts';
import { ledgersOnSandbox } from '../support/a-ledger-on-sandbox.ts';
import { auditLedger } from '../support/audit-ledger.ts';
import { transactionCanceled, withTransactionConflicts } from '../support/transaction-conflicts.ts';

const groups = ['a', 'b', 'c'];
const slots = ['2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z'];
const budgets: readonly BudgetLimit[] = [
  { scope: 'organization', of: '', over: '2026-11-23', max: 4 },
  { scope: 'organization', of: '', over: 'unverified', max: 3 },
  { scope: 'account', of: '222222222222', over: '2026-11-23', max: 4 },
  { scope: 'account', of: '222222222222', over: 'unverified', max: 3 },
];

/** What becomes of a call. `hangs up`: it takes effect, and nobody hears of it. */
type Fate = 'answered' | 'hangs up' | 'denied' | 'broken' | 'throttled' | 'in the way';

async function meet(fate: Fate, call: TransportCall, transport: Transport): Promise<object> {
  const error = (name: string, httpStatusCode = 400) =>
    new DynamoDBServiceException({ name, message: name, $fault: 'client', $metadata: { httpStatusCode } });
  switch (fate) {
    case 'answered':
      return transport(call);
    case 'hangs up':
      await transport(call);
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
    case 'denied':
      throw error('AccessDeniedException');
    case 'broken':
      throw error('InternalServerError', 500);
    case 'throttled':
      throw error('ThrottlingException');
    case 'in the way':
      if (call.command !== 'TransactWriteItemsCommand') return transport(call);
      throw transactionCanceled([{ Code: 'TransactionConflict' }]);
  }
}

/** A run as far as the ledger sees it. What the ledger does not answer is left at that, and the next group's turn comes. */
async function run(
  ledger: Ledger,
  ids: readonly StrikeId[],
  outcomeOf: (index: number) => StrikeOutcome['outcome'],
  struck: StrikeId[],
): Promise<void> {
  for (const [index, id] of ids.entries()) {
    await strike(ledger, id, outcomeOf(index), struck).catch(() => {});
  }
  await verify(ledger).catch(() => {});
}

async function strike(ledger: Ledger, id: StrikeId, outcome: StrikeOutcome['outcome'], struck: StrikeId[]) {
  const { version = 0 } = (await ledger.groupRecords([id.group])).found.get(id.group) ?? {};
  const { status } = await ledger.claim(aClaim({ ...id, version, budgets }));
  if (status !== 'claimed' || (await ledger.begin(id)) !== 'begun') return;
  struck.push(id);
  await ledger.settle(id, { outcome, detail: '' });
}

/** Closes whatever waits for its group to recover. */
async function verify(ledger: Ledger): Promise<void> {
  for (const one of (await ledger.openStrikes()).found) {
    if (isWaiting(one)) await ledger.close(one, aRecovery({ outcome: 'not-recovered' }));
  }
}

/** A run much later, when all others have ended: whoever began and did not say how it ended has died. */
async function resolveAll(ledger: Ledger): Promise<void> {
  for (const one of (await ledger.openStrikes()).found) {
    if (!isWaiting(one)) await ledger.settle(one, { outcome: 'failed', detail: 'its run died' });
  }
  await verify(ledger);
}

async function expectExact(ledger: Ledger, struck: readonly StrikeId[]): Promise<void> {
  const keys = struck.map(strikeKey);
  expect(keys).toStrictEqual([...new Set(keys)]);
  await auditLedger(ledger, groups, budgets);
  await resolveAll(ledger);
  await auditLedger(ledger, groups, budgets);
  expect((await ledger.openStrikes()).found).toStrictEqual([]);
  expect(
    (await ledger.usage(budgets)).found.filter((_, index) => budgets[index]?.over === 'unverified'),
  ).toStrictEqual([0, 0]);
}

/** Trouble for every n-th call of a history, and so many histories of runs at the same moment. */
export function troubleFacts({ every, numRuns }: { readonly every: number; readonly numRuns: number }): void {
  // The SDK's retries wait for random times.
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  describe('a disruption of any call', () => {
    const [slot = '', later = ''] = slots;
    const runOf = (runId: string, ofSlot: string) =>
      groups.map((group): StrikeId => ({ slot: ofSlot, group, runId }));
    const outcomeOf = (index: number) => (['succeeded', 'failed', 'unknown'] as const)[index] ?? 'succeeded';

    /**
     * A run, its duplicate, a run of the next slot that meets a stop, and what a run much later finds. Returns how many calls
     * that took, and what came of it.
     */
    async function history(fateOf: (index: number) => Fate) {
      let calls = 0;
      let isOver = false;
      const { open } = ledgersOnSandbox((transport) => (call) => {
        const fate = isOver ? 'answered' : fateOf(calls);
        calls += 1;
        return meet(fate, call, transport);
      });
      const struck: StrikeId[] = [];
      await run(open(), runOf('run-1', slot), outcomeOf, struck);
      await run(open(), runOf('run-2', slot), outcomeOf, struck);
      const ledger = open();
      const id: StrikeId = { slot: later, group: 'a', runId: 'run-3' };
      const { version = 0 } = (await ledger.groupRecords(['a']).catch(() => undefined))?.found.get('a') ?? {};
      await ledger.claim(aClaim({ ...id, version, budgets })).catch(() => {});
      await ledger.setStop({ reason: 'incident', by: 'ann', at: '' }).catch(() => {});
      if ((await ledger.begin(id).catch(() => 'dead')) === 'begun') struck.push(id);
      await ledger.setStop(undefined).catch(() => {});
      const made = calls;
      isOver = true;
      await open().setStop(undefined);
      const record = await Promise.all(groups.map((group) => open().recentStrikes(group, 9)));
      await expectExact(open(), struck);
      return { calls: made, came: { struck, record } };
    }

    test.each<[Fate, 'once' | 'from then on']>([
      ['hangs up', 'once'],
      ['denied', 'once'],
      ['broken', 'once'],
      ['in the way', 'once'],
      ['hangs up', 'from then on'],
      ['denied', 'from then on'],
      ['in the way', 'from then on'],
    ])('%s, %s: no group is struck twice, and the budgets are exact', async (fate, howLong) => {
      const smooth = await history(() => 'answered');
      expect(smooth.calls).toBeGreaterThan(30);
      for (let troubled = 0; troubled < smooth.calls; troubled += every) {
        const { came } = await history((index) =>
          index === troubled || (howLong === 'from then on' && index > troubled) ? fate : 'answered',
        );
        // What passes by itself changes nothing at all.
        if (howLong === 'once' && fate !== 'denied') expect(came).toStrictEqual(smooth.came);
      }
    });
  });

  describe('runs at the same moment', () => {
    test('strike no group twice in a slot and keep the budgets, under any disruption', async () => {
      let strikes = 0;
      const fate = fc.oneof(
        { weight: 12, arbitrary: fc.constant<Fate>('answered') },
        fc.constantFrom<Fate>('hangs up', 'hangs up', 'denied', 'broken', 'throttled', 'in the way'),
      );
      const outcome = fc.constantFrom('succeeded' as const, 'failed' as const, 'unknown' as const);
      const latencyMs = fc.nat(30);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fate, latencyMs, latencyMs), { minLength: 200, maxLength: 200 }),
          fc.array(outcome, { minLength: 6, maxLength: 6 }),
          async (calls, outcomes) => {
            let made = 0;
            let isOver = false;
            const { open } = ledgersOnSandbox((transport, clock) => {
              const troubled: Transport = async (call) => {
                const [fate, before, after] = calls[made % calls.length] ?? ['answered', 0, 0];
                made += 1;
                await clock.sleep(before);
                const answer = await meet(isOver ? 'answered' : fate, call, transport);
                await clock.sleep(after);
                return answer;
              };
              return withTransactionConflicts(troubled);
            });
            const struck: StrikeId[] = [];
            await Promise.all(
              ['run-1', 'run-2', 'run-3', 'run-4'].map((runId, index) => {
                const ids = groups.map((group): StrikeId => ({ slot: slots[index % 2] ?? '', group, runId }));
                return run(open(), ids, (place) => outcomes[index + place] ?? 'failed', struck);
              }),
            );
            isOver = true;
            strikes += struck.length;
            await expectExact(open(), struck);
          },
        ),
        { numRuns },
      );
      expect(strikes).toBeGreaterThan(1.5 * numRuns);
    });
  });
}
