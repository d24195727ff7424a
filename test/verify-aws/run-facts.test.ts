import { describe, expect, test } from 'vitest';
import type { Bench } from '#verify-aws/bench.ts';
import { doesNotHold, type Fact, holds, type Verdict } from '#verify-aws/fact.ts';
import { runFacts } from '#verify-aws/run-facts.ts';
import { sandboxPlace } from '#verify-aws/sandbox-place.ts';
import { exitCodeOf } from '#verify-aws/text.ts';

let ids = 0;
const newId = () => {
  ids += 1;
  return ids.toString(16).padStart(16, '0');
};

function aFact(run: (bench: Bench) => Promise<Verdict>): Fact {
  return { name: 'one', claim: 'One.', faults: [], check: { creates: [], minutes: 1, cents: 0, run } };
}

async function verified(run: (bench: Bench) => Promise<Verdict>, signal = new AbortController().signal) {
  const place = sandboxPlace(newId);
  const verification = await runFacts([aFact(run)], place, signal);
  return { place, verification, exitCode: exitCodeOf(verification) };
}

describe('runFacts', () => {
  test('what does not hold is exit code 1', async () => {
    const { verification, exitCode } = await verified(async () => doesNotHold('no'));
    expect(verification.facts).toEqual([{ name: 'one', claim: 'One.', answer: 'does not hold', saw: 'no' }]);
    expect(exitCode).toBe(1);
  });

  test('everything that was created is removed, the last first, when the check fails too', async () => {
    const removed: string[] = [];
    const { place, verification } = await verified(async (bench) => {
      bench.removeAtEnd('shared', async () => removed.push('shared'));
      bench.removeLater('first', async () => removed.push('first'));
      bench.removeLater('second', async () => removed.push('second'));
      await bench.make.table();
      await bench.make.bucket();
      await bench.make.queue();
      await bench.make.topic();
      await bench.make.function();
      await bench.make.role();
      await bench.make.httpApi();
      throw new Error('the moon');
    });
    expect(verification.facts).toMatchObject([
      { answer: 'not tried', saw: 'the check failed: Error: the moon' },
    ]);
    expect(removed).toEqual(['second', 'first', 'shared']);
    const { account, region } = place;
    const state = place.sandbox.account(account).region(region);
    const { tables, topics } = state;
    expect([tables.size, topics.size, state.functions.all.length, state.apis.all.length]).toEqual([
      0, 0, 0, 0,
    ]);
    expect(state.buckets.all).toEqual([]);
    expect(place.sandbox.account(account).roles.size).toBe(0);
  });

  test('a removal that fails is tried again, and named in the end', async () => {
    let attempts = 0;
    const { verification, exitCode } = await verified(async (bench) => {
      bench.removeLater('gone', async () => {
        throw Object.assign(new Error('it is gone'), { name: 'ResourceNotFoundException' });
      });
      bench.removeLater('table x', async () => {
        attempts += 1;
        throw Object.assign(new Error('it is in use'), { name: 'ResourceInUseException' });
      });
      return holds('yes');
    });
    expect(attempts).toBeGreaterThan(3);
    expect(verification.left).toEqual(['table x: ResourceInUseException: it is in use']);
    expect(exitCode).toBe(1);
  });

  test('an interrupt ends the check at its next step, and removes', async () => {
    const ending = new AbortController();
    const removed: string[] = [];
    const { verification } = await verified(async (bench) => {
      bench.removeLater('first', async () => removed.push('first'));
      ending.abort();
      await bench.sleep(60_000);
      return holds('yes');
    }, ending.signal);
    expect(verification.facts).toMatchObject([{ answer: 'not tried', saw: 'interrupted' }]);
    expect(removed).toEqual(['first']);
  });

  test('an interrupt wakes a check that sleeps', async () => {
    const ending = new AbortController();
    const { verification } = await verified(async (bench) => {
      queueMicrotask(() => ending.abort());
      await bench.sleep(60_000);
      return holds('yes');
    }, ending.signal);
    expect(verification.facts).toMatchObject([{ answer: 'not tried', saw: 'interrupted' }]);
  });
});
