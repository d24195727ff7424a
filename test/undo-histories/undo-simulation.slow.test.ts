import { describe, expect, test } from 'vitest';
import { faultCases } from '../faults/lasting/fault-cases.ts';
import { simulateUndoSeed } from './simulate-undo-seed.ts';
import { testUndoDeterminism, testUndoInvariants } from './undo-invariant-tests.ts';

describe('faults that last, and what ends them, in much more bad weather', () => {
  testUndoInvariants(6, 205, 10);
  testUndoDeterminism(44, 101);

  test('every fault that lasts was injected and undone', async () => {
    const undone = new Set<string>();
    for (let seed = 206; undone.size < faultCases.length && seed <= 600; seed += 1) {
      const { counts } = await simulateUndoSeed(seed);
      for (const { name } of faultCases) if ((counts[`undone ${name}`] ?? 0) > 0) undone.add(name);
    }
    expect([...undone].sort()).toStrictEqual(faultCases.map(({ name }) => name).sort());
  });
});
