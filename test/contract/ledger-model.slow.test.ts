import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { BudgetLimit } from '#core/model/budget.ts';
import type { Recovery } from '#core/model/recovery.ts';
import type { StrikeId, StrikeOutcome } from '#core/model/strike.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aClaim, aRecovery } from '../support/a-claim.ts';
import { ledgersOnSandbox } from '../support/a-ledger-on-sandbox.ts';
import { auditLedger } from '../support/audit-ledger.ts';

const groups = ['api', 'web'];
const slots = ['2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z', '2026-11-24T09:00:00Z', 'adhoc/1'];
/** Small, so that they are often spent. */
const budgets: readonly BudgetLimit[] = [
  { scope: 'organization', of: '', over: '2026-11-23', max: 3 },
  { scope: 'organization', of: '', over: 'unverified', max: 2 },
  { scope: 'app', of: 'shop', over: '2026-11-23', max: 2 },
  { scope: 'group', of: 'web', over: 'unverified', max: 1 },
];

/** `pick` is one of the strikes that were claimed so far, counted from the latest; beyond the first, one that never was. */
type Step =
  | {
      readonly kind: 'claim';
      readonly id: StrikeId;
      readonly stale: boolean;
      readonly budgets: readonly BudgetLimit[];
      /** The claim hits the other group as well, as its record is or was. */
      readonly other: 'none' | 'current' | 'stale';
    }
  | { readonly kind: 'begin'; readonly pick: number }
  | { readonly kind: 'settle'; readonly pick: number; readonly outcome: StrikeOutcome['outcome'] }
  | { readonly kind: 'close'; readonly pick: number; readonly outcome: Recovery['outcome'] }
  | { readonly kind: 'stop'; readonly isSet: boolean }
  | { readonly kind: 'veto' | 'leash'; readonly group: string; readonly isSet: boolean };

const pick = fc.nat(6);
const group = fc.constantFrom(...groups);
const isSet = fc.boolean();
const rarely = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true));
const runId = fc.constantFrom('run-1', 'run-2');
const id = fc.record({ slot: fc.constantFrom(...slots), group, runId });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('claim'),
      id,
      stale: rarely,
      budgets: fc
        .subarray([...budgets])
        .chain((some) =>
          fc.tuple(...some.map((budget) => fc.constantFrom(budget, budget, { ...budget, count: 2 }))),
        ),
      other: fc.constantFrom('none', 'none', 'current', 'stale'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('begin'), pick }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('settle'),
      pick,
      outcome: fc.constantFrom('succeeded', 'failed', 'unknown'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('close'),
      pick,
      outcome: fc.constantFrom('recovered', 'not-recovered', 'gone'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stop'), isSet: rarely }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('veto', 'leash'), group, isSet }),
  },
);

const neverClaimed: StrikeId = { slot: 'never', group: 'web', runId: 'run-1' };

/** Does steps on a ledger; answers what it answers, or the name and words of what it rejects with. */
function stepsOn(ledger: Ledger): (step: Step) => Promise<unknown> {
  const claimed: StrikeId[] = [];
  let steps = 0;
  const done = async (step: Step): Promise<unknown> => {
    steps += 1;
    const at = `2026-11-23T09:00:${String(steps).padStart(2, '0')}Z`;
    const word = { reason: 'release', by: 'ann', at };
    const picked = 'pick' in step ? (claimed.at(-1 - step.pick) ?? neverClaimed) : neverClaimed;
    switch (step.kind) {
      case 'claim': {
        const records = (await ledger.groupRecords(groups)).found;
        const versionOf = (group: string, isStale: boolean) =>
          Math.max(0, (records.get(group)?.version ?? 0) - (isStale ? 1 : 0));
        const other = groups.find((one) => one !== step.id.group) ?? '';
        const claim = aClaim({
          ...{ ...step.id, at, version: versionOf(step.id.group, step.stale), budgets: step.budgets },
          ...(step.other !== 'none' && {
            others: [{ group: other, version: versionOf(other, step.other === 'stale') }],
          }),
        });
        const outcome = await ledger.claim(claim);
        if (outcome.status === 'claimed') claimed.push(step.id);
        return outcome;
      }
      case 'begin':
        return ledger.begin(picked);
      case 'settle':
        return ledger.settle(picked, { outcome: step.outcome, detail: at });
      case 'close':
        return ledger.close(picked, aRecovery({ outcome: step.outcome, at }));
      case 'stop':
        return ledger.setStop(step.isSet ? word : undefined);
      case 'veto':
        return ledger.setVeto(step.group, step.isSet ? { ...word, until: at } : undefined);
      case 'leash':
        return ledger.setLeash(step.group, step.isSet ? word : undefined);
    }
  };
  return (step) => done(step).catch((error: unknown) => String(error));
}

const sequences = fc.array(step, { minLength: 5, maxLength: 40 });
const aMemoryLedger = () => inMemoryLedger({ newSecret: () => 'ab'.repeat(32) });

describe('any sequence of calls', () => {
  test('gets the same answers from DynamoDB as in memory, keeps the counters exact, and never exceeds a budget', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (steps) => {
        const memory = aMemoryLedger();
        const dynamo = ledgersOnSandbox().open();
        const [inMemory, onDynamo] = [stepsOn(memory), stepsOn(dynamo)];
        for (const one of steps) {
          const expected = await inMemory(one);
          expect(await onDynamo(one)).toStrictEqual(expected);
          expect((await dynamo.groupRecords(groups)).found).toStrictEqual(
            (await memory.groupRecords(groups)).found,
          );
          await auditLedger(memory, groups, budgets);
        }
        await auditLedger(dynamo, groups, budgets);
        for (const one of groups) {
          expect((await dynamo.recentStrikes(one, 99)).found).toStrictEqual(
            (await memory.recentStrikes(one, 99)).found,
          );
        }
        expect((await dynamo.usage(budgets)).found).toStrictEqual((await memory.usage(budgets)).found);
      }),
    );
  });

  test('leads to every possible answer, or the test above would prove little', async () => {
    const seen = new Set<string>();
    // A seed of its own: rare answers are not in every sample.
    for (const steps of fc.sample(sequences, { numRuns: 500, seed: 3 })) {
      const inMemory = stepsOn(aMemoryLedger());
      for (const one of steps) seen.add(`${one.kind} ${wordFor(await inMemory(one))}`);
    }
    expect([...seen].sort()).toStrictEqual(everyAnswer);
  });
});

function wordFor(answered: unknown): string {
  if (typeof answered === 'object' && answered !== null && 'status' in answered)
    return String(answered.status);
  return String(answered).split(':')[0] ?? '';
}

const everyAnswer = [
  'begin begun',
  'begin gone',
  'begin stopped',
  'claim changed',
  'claim claimed',
  'claim exhausted',
  'claim taken',
  'close ',
  'close StrikeConflict',
  'leash undefined',
  'settle StrikeConflict',
  'settle undefined',
  'stop undefined',
  'veto undefined',
];
