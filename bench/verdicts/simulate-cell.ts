import { seededUniform } from '#core/experiment/evidence/seeded-uniform.ts';
import type { Cell } from './cells.ts';
import { fill, never } from './histories.ts';
import { type RuleName, ruleNames, rules } from './rules.ts';

/** What each rule makes of the same histories: a share of experiments, or a number of samples. */
export function simulateCell(cell: Cell, runs: number, seed = 1): Readonly<Record<RuleName, number>> {
  const { plan, before, after = never, breaks } = cell;
  const places = new Int32Array(plan.samples);
  const seen = ruleNames.map((name) => ({ name, count: 0, mostSamples: 0 }));
  for (let run = 0; run < runs; run += 1) {
    const hits = new Set<RuleName>();
    for (let probe = 0; probe < plan.probes; probe += 1) {
      const uniform = seededUniform(seed + run * plan.probes + probe);
      const changesAt = placeOf(breaks, uniform, plan.samples);
      const count = fill(places, before(uniform), changesAt, after(uniform), plan.samples);
      for (const rule of seen) {
        const took = rules[rule.name]({ places, count }, plan) - (breaks === undefined ? 0 : changesAt);
        rule.mostSamples = Math.max(rule.mostSamples, took);
        if (isHit(cell, took, count)) hits.add(rule.name);
      }
    }
    for (const rule of seen) if (hits.has(rule.name)) rule.count += 1;
  }
  const measured = seen.map(({ name, count, mostSamples }) => [
    name,
    cell.measure === 'samples' ? mostSamples : count / runs,
  ]);
  return Object.fromEntries(measured);
}

function placeOf(breaks: Cell['breaks'], uniform: () => number, samples: number): number {
  if (breaks === undefined) return samples;
  return breaks === 'at once' ? 0 : Math.round((0.1 + 0.8 * uniform()) * samples);
}

function isHit({ measure, within, plan }: Cell, took: number, bad: number): boolean {
  const isAlarm = took <= Math.min(within ?? plan.samples, plan.samples);
  if (measure !== 'survivals') return isAlarm;
  return !isAlarm && 'bad' in plan.tolerance && bad <= plan.tolerance.bad * plan.samples;
}
