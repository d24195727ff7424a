import { describe, expect, test } from 'vitest';
import { anExperiment, play } from './an-experiment.ts';

/** Every fifth sample, in turn `lost` for a reason of ours and for another. */
const everyFifth =
  (from: number, to: number, lost: readonly ('busy' | 'unmeasured')[]) =>
  (_: string, { at }: { readonly at: number }) => {
    const fifth = at / 500;
    if (at < from || at >= to || !Number.isInteger(fifth)) return 'good';
    return lost[fifth % lost.length] ?? 'good';
  };
const blamed = 'The machine that measured was too busy for';

describe('samples that this machine was too busy for', () => {
  test('are why the steady state cannot be told, and not the service', async () => {
    const { report } = await play({ sample: everyFifth(0, 10_000, ['busy']) });
    expect(report.verdict).toMatchObject({
      is: 'not-steady',
      why: 'probe page: only 81 of 101 samples could be measured; the machine that measured was too busy for 20',
    });
    expect(report.next).toEqual([
      `Nothing was injected. ${blamed} 20 samples of page: close something on it, or sample less often, and run it again.`,
    ]);
    expect(report.probes[0]?.phases[0]).toMatchObject({ unmeasured: 20, busy: 20 });
  });

  test('are why nobody can tell of a fault: to measure more often would make it worse', async () => {
    const { report } = await play({ sample: everyFifth(11_000, 71_000, ['busy']) });
    expect(report.verdict.is).toBe('inconclusive');
    expect(report.verdict.why).toMatch(/only \d+ of \d+ samples could .* too busy for 120$/);
    expect(report.next[0]).toContain(`${blamed} 120 samples of page: close something`);
    expect(report.next.join()).not.toContain('more often');
  });

  test('are told of also where they only may have been bad', async () => {
    const sample = (_: string, { at }: { readonly at: number }) =>
      at > 11_000 && at < 71_000 && at % 1_500 === 0 ? 'busy' : 'good';
    const { report } = await play({ sample });
    expect(report.verdict.why).toMatch(/were the others bad, .* tolerated 5 %; the machine that measured/);
    expect(report.next[0]).toContain(blamed);
  });

  test('are why nothing was measured for long', async () => {
    const [step] = anExperiment().method;
    const method = step === undefined ? [] : [{ ...step, holdMs: 300_000 }];
    const sample = (_: string, { at }: { readonly at: number }) =>
      at > 20_000 && at < 32_000 ? 'busy' : 'good';
    const { report } = await play({ experiment: anExperiment({ method }), sample });
    expect(report.verdict.why).toMatch(/nothing was measured for 12 s, .*; the machine that measured/);
    expect(report.next[0]).toContain(blamed);
  });

  test('are why nobody can tell of a recovery', async () => {
    const { report } = await play({ sample: (_, { at }) => (at > 71_500 ? 'busy' : 'good') });
    expect(report.verdict.why).toMatch(/nothing was measured then; the machine that measured was too busy/);
    expect(report.next[1]).toContain(blamed);
  });

  test('are named, and no advice is taken from them, where most were lost otherwise', async () => {
    const sample = everyFifth(11_000, 71_000, ['busy', 'unmeasured', 'unmeasured']);
    const { report } = await play({ sample });
    expect(report.verdict.why).toContain('too busy for 40');
    expect(report.next).toEqual([expect.stringContaining('Measure more often')]);
    const others = await play({ sample: everyFifth(0, 10_000, ['unmeasured']) });
    expect(others.report.verdict.why).toBe('probe page: only 81 of 101 samples could be measured');
    expect(others.report.next[0]).toContain('See to page, or to its tolerance');
  });

  test('are why where it is not steady any more as its targets are looked for', async () => {
    const sample = everyFifth(10_000, 60_000, ['busy', 'busy', 'busy', 'busy']);
    const { report } = await play({ takes: { resolve: 45_000 }, sample });
    expect(report.verdict).toMatchObject({ is: 'not-steady', why: expect.stringContaining('too busy for') });
    expect(report.next[0]).toContain(blamed);
  });
});
