import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { promiseOf } from '#core/experiment/evidence/promise.ts';
import { type Cell, detection, falseAlarms, notPromised } from '../../../../bench/verdicts/cells.ts';
import { type RecoveryRow, recoveries, simulateRecoveries } from '../../../../bench/verdicts/recoveries.ts';
import { simulateCell } from '../../../../bench/verdicts/simulate-cell.ts';
import { goalText, headingOf } from '../../../../bench/verdicts/table.ts';

/** Where the benchmark plays thousands of experiments of each kind, these are few, so the bounds are wide. */
const runs = 200;
const short = ({ plan }: Cell) =>
  plan.samples <= 4_000 && 'bad' in plan.tolerance && plan.tolerance.bad <= 0.1;

describe('a verdict', () => {
  test.each(falseAlarms.filter(short))('is hardly ever a false alarm: $what', (cell) => {
    expect(simulateCell(cell, runs).ours).toBeLessThanOrEqual(0.03);
  });

  test.each(detection.filter(short))('notices: $what', (cell) => {
    const { ours } = simulateCell(cell, runs);
    const { goal } = cell;
    if (goal === undefined) throw new Error('no goal');
    if ('atMost' in goal) expect(ours).toBeLessThanOrEqual(goal.atMost);
    else expect(ours).toBeGreaterThanOrEqual(goal.atLeast - 0.05);
  });

  test.each(recoveries.filter(({ plan }) => plan.everyMs >= 1_000))(
    'is right about recoveries: $what',
    (row) => {
      const { deviated, inconclusive } = simulateRecoveries(row, runs);
      const { goal } = row;
      if (goal !== undefined && 'atLeast' in goal) expect(deviated).toBeGreaterThanOrEqual(0.97);
      else expect(deviated + inconclusive).toBeLessThanOrEqual(0.03);
    },
  );

  test('blames no recovery where as much is bad as tolerated, as a fixed share would', () => {
    const [, worst] = recoveries as [unknown, RecoveryRow];
    const { deviated, inconclusive, byShare } = simulateRecoveries(worst, 30);
    expect(deviated + inconclusive).toBe(0);
    expect(byShare).toBeGreaterThan(0.05);
  });

  test('is right where what is usual is not', () => {
    const [bursts] = falseAlarms.slice(-1) as [Cell];
    const by = simulateCell(bursts, runs);
    for (const usual of ['one bad sample', 'three in a row', 'share above 2p'] as const) {
      expect(by[usual]).toBeGreaterThan(0.15);
    }
  });
});

describe('docs/verdicts.md', () => {
  const page = readFileSync(new URL('../../../../docs/verdicts.md', import.meta.url), 'utf8');

  test('promises what reports promise', () => {
    expect(page).toContain(`> ${promiseOf(0.01)}\n`);
    expect(promiseOf(0.07)).toContain('at most 7 %,');
  });

  test('has every row that is measured', () => {
    for (const cell of [...falseAlarms, ...detection, ...notPromised]) {
      const [what, goal] = headingOf(cell);
      expect(page).toContain(`| ${what} | ${goal} | `);
    }
    for (const { what, goal } of recoveries) {
      expect(page).toContain(`| ${what} | ${goalText('alarms', goal)} | `);
    }
  });
});
