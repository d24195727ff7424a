import { counted } from '../../util/format.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { BaselineJudgement, EndJudgement } from '../evidence/judge.ts';
import { partText, shareText, timeText, tookText } from '../wording/numbers.ts';

/** Why nothing may be injected in a stage. */
export function unsteadyText(judgement: Exclude<BaselineJudgement, { is: 'steady' }>, stage: number): string {
  const before = stage === 1 ? 'before anything was injected' : `before stage ${stage} injected anything`;
  switch (judgement.why) {
    case 'deviated':
      return `it was outside its tolerance ${before}`;
    case 'unlikely':
      return `${judgement.bad} bad samples ${before}: by chance with a probability of ${shareText(judgement.probability)}`;
    case 'bad-now':
      return `its state was bad ${before}`;
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
      return `${judgement.measured} samples are too few${outageText(judgement.badForMs)}, at least ${judgement.least} are needed`;
    case 'above-tolerance':
      return `${shareText(judgement.bad)} of the samples were bad, more than the tolerated ${shareText(judgement.tolerated)}, but not surely more than by chance`;
  }
}

/** Which samples refuted a tolerance. Those of long before say nothing about it. */
export function deviationText(evidence: Evidence | undefined): string {
  const { plan, deviated } = evidence ?? {};
  if (plan === undefined || deviated === undefined) return 'it was outside its tolerance';
  const from = timeText(deviated.since);
  const { tolerance } = plan;
  if ('badForMs' in tolerance) {
    const bad =
      tolerance.badForMs === 0 ? 'it was bad' : `it was bad for longer than ${tookText(tolerance.badForMs)}`;
    return `${bad}, from ${from} on`;
  }
  if (tolerance.bad === 0 || deviated.of === undefined)
    return `it was bad at ${from}, which is not tolerated`;
  const { bad, measured } = deviated.of;
  const seen =
    plan.measures === 'shares'
      ? `${shareText(bad / measured)} were bad in the last ${counted(measured, 'sample')}`
      : `${partText(bad, measured, 'of the last')} samples were bad`;
  return `${seen}, from ${from} on; ${shareText(tolerance.bad)} is tolerated`;
}

function outageText(badForMs: number | undefined): string {
  return badForMs === undefined ? '' : ` to show a state that is bad for longer than ${tookText(badForMs)}`;
}
