import type { Evidence } from '../evidence/evidence.ts';
import type { BaselineJudgement, EndJudgement } from '../evidence/judge.ts';
import { shareText, tookText } from '../wording/numbers.ts';

/** Why nothing may be injected. */
export function unsteadyText(judgement: Exclude<BaselineJudgement, { is: 'steady' }>): string {
  switch (judgement.why) {
    case 'deviated':
      return 'it was outside its tolerance before anything was injected';
    case 'unlikely':
      return `${judgement.bad} bad samples before anything was injected: by chance with a probability of ${shareText(judgement.probability)}`;
    case 'bad-now':
      return 'its state was bad before anything was injected';
    default:
      return tooLittleText({ ...judgement, is: 'inconclusive' });
  }
}

type WhyInconclusive = Extract<EndJudgement, { is: 'inconclusive' }>;

/** Why nobody can tell. */
export function tooLittleText(judgement: WhyInconclusive): string {
  switch (judgement.why) {
    case 'unmeasured':
      return `only ${judgement.measured} of ${judgement.due} samples could be measured`;
    case 'gap':
      return `nothing was measured for ${tookText(judgement.gapMs)}, at most ${tookText(judgement.atMostMs)} is allowed`;
    case 'too-few':
      return `${judgement.measured} samples are too few, at least ${judgement.least} are needed`;
    case 'above-tolerance':
      return `${shareText(judgement.bad)} of the samples were bad, more than the tolerated ${shareText(judgement.tolerated)}, but not surely more than by chance`;
  }
}

export function deviationText(evidence: Evidence | undefined): string {
  if (evidence === undefined) return 'it was outside its tolerance';
  const { bad, measured, plan } = evidence;
  if ('badForMs' in plan.tolerance) return `it was bad for longer than ${tookText(plan.tolerance.badForMs)}`;
  const share = shareText(measured === 0 ? 1 : bad / measured);
  return `${Math.round(bad)} of ${measured} samples were bad (${share}), ${shareText(plan.tolerance.bad)} is tolerated`;
}
