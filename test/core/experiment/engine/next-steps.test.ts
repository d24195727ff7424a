import { describe, expect, test } from 'vitest';
import { nextSteps } from '#core/experiment/engine/next-steps.ts';
import type { ExperimentReport, StruckTarget } from '#core/reports/experiment-report.ts';
import {
  anExperimentReport,
  aPageProbe,
  aStruck,
  type Imagined,
  phasesOf,
} from '../../../support/an-experiment-report.ts';

const steps = (is: ExperimentReport['verdict']['is'], overrides: Imagined = {}) => {
  const verdict = { is, why: '', probe: 'page', at: '2026-11-23T09:00:00.000Z' };
  return nextSteps(anExperimentReport({ verdict, ...overrides }), new Map());
};
const page = (recovery: 'in-time' | 'late' | 'unknown') => [
  aPageProbe(() => 240, { name: 'page', recovery }),
];

describe('nextSteps', () => {
  const scaledUp = (found: number, wanted: number, allowed = found) =>
    nextSteps(anExperimentReport({}), new Map([['slow', { found, wanted, allowed }]]))[0];

  test('scales up to twice as many targets, and no more than there are or are allowed', () => {
    expect(scaledUp(10, 2)).toBe('Scale up: slow on 4 of 10 targets.');
    expect(scaledUp(3, 2)).toBe('Scale up: slow on 3 of 3 targets.');
    expect(scaledUp(10, 2, 3)).toBe('Scale up: slow on 3 of 10 targets.');
    expect(scaledUp(10, 5, 5)).toBe('Scale up: a stronger fault, or for longer.');
    expect(scaledUp(1, 1)).toBe('Scale up: a stronger fault, or for longer.');
  });

  test('begins with what did not recover, whatever the verdict, and only an undo comes before it', () => {
    for (const is of ['deviated', 'aborted', 'failed', 'inconclusive'] as const) {
      const [healthy] = steps(is, { probes: page('in-time') });
      expect(steps(is, { probes: page('late') })[0]).toContain('See to page');
      expect(steps(is, { probes: page('late') })[1]).toBe(healthy);
      expect(steps(is, { probes: page('unknown') })[1]).toBe(healthy);
    }
    expect(steps('undo-failed', { probes: page('late') })[0]).toContain('./chaos undo');
  });

  test('knows that an earlier stage has injected something', () => {
    const [first] = steps('not-steady', { stages: { reached: 1, planned: 2 } });
    expect(first).not.toContain('stage');
    const probes = page('in-time').map((probe) => ({ ...probe, is: 'not-steady' as const }));
    const [second] = steps('inconclusive', { stages: { reached: 2, planned: 2 }, probes });
    expect(second).toContain('before stage 2, and what was injected before may be the cause');
    expect(steps('inconclusive')[0]).toContain('Measure more often');
  });

  test('does not forget what was to be learned where something could not be undone', () => {
    const verdict = { is: 'undo-failed' as const, why: '', at: '2026-11-23T09:00:00.000Z' };
    const stages = { reached: 1, planned: 2 };
    const all = (more: object) =>
      nextSteps(anExperimentReport({ verdict: { ...verdict, ...more }, stages }), new Map());
    expect(all({ deviated: 'probe page: all were bad' }).join()).toContain('Write down what was learned');
    expect(all({}).join()).not.toContain('Write down');
  });

  test.each(['aborted', 'failed'] as const)('says that something was undone only if it was: %s', (is) => {
    const first = (...strikes: readonly Partial<StruckTarget>[]) =>
      steps(is, { strikes: strikes.map(aStruck), phases: [...phasesOf(['baseline', 30])] })[0];
    expect(first()).toMatch(/^Nothing was injected\. /);
    expect(first({ outcome: 'spared' }, { outcome: 'failed' })).toMatch(/^Nothing was injected\. /);
    expect(first({ undo: '7c1e09b2a4d35f68' })).toMatch(/^What was injected was undone\. /);
    expect(first({ undo: '7c1e09b2a4d35f68', outcome: 'unknown' })).toMatch(
      /^What was injected was undone\. /,
    );
    expect(first({})).toMatch(/^What was injected is done once: /);
  });
});
