import { makeOdds } from '#core/experiment/evidence/odds.ts';
import type { EvidencePlan } from '#core/experiment/evidence/plan.ts';

export type Step = 'stage' | 'good' | 'bad';

/** The rule as docs/verdicts.md has it, in plain numbers and one sample at a time: what all is worth after each sample. */
export function theRule(
  plan: EvidencePlan,
  steps: readonly Step[],
  k0: number,
  k1: number,
): readonly number[] {
  const p = 'bad' in plan.tolerance ? plan.tolerance.bad : 0;
  const bets = makeOdds(p).map((odds) => ({
    w: Math.exp(odds.weight),
    q: p * Math.exp(odds.ifBad),
    a: 0,
    b: 0,
  }));
  let [rest, run, n] = [1, 0, 0];
  const worth: number[] = [];
  for (const step of steps) {
    if (step === 'stage') {
      for (const bet of bets) bet.a += bet.w / (2 * plan.stages);
      rest -= 1 / (2 * plan.stages);
      continue;
    }
    n += 1;
    run = step === 'bad' ? run + 1 : 0;
    if (n <= plan.samples) rest -= 1 / (2 * plan.samples);
    for (const bet of bets) {
      if (n <= plan.samples) bet.b += bet.w / (2 * plan.samples);
      const f = step === 'bad' ? bet.q / p : (1 - bet.q) / (1 - p);
      bet.a *= step === 'bad' && run > 1 && run <= k0 ? 1 : f;
      bet.b *= step === 'bad' && run > 1 && run <= k1 ? 1 : f;
    }
    worth.push(rest + bets.reduce((sum, { a, b }) => sum + a + b, 0));
  }
  return worth;
}
