import { counted } from '../../util/format.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { BaselineJudgement, Doubt } from '../evidence/judge.ts';
import { partText, shareText, timeText, tookText } from '../wording/numbers.ts';

export type Unsteady = Exclude<BaselineJudgement, { is: 'steady' }>;

/** Why nothing may be injected in a stage. */
export function unsteadyText(judgement: Unsteady, stage: number): string {
  return stage === 1
    ? whyUnsteady(judgement, ' before anything was injected')
    : `the steady state did not come back before stage ${stage}: ${whyUnsteady(judgement, '')}`;
}

function whyUnsteady(judgement: Unsteady, before: string): string {
  switch (judgement.why) {
    case 'deviated':
      return `it was outside its tolerance${before}`;
    case 'unlikely':
      return `${judgement.bad} bad samples${before}: by chance with a probability of ${shareText(judgement.probability)}`;
    case 'bad-now':
      return `its state was bad${before}`;
    case 'bad-last':
      return judgement.inRow === 1
        ? `its last sample${before} was bad`
        : `its last ${judgement.inRow} samples${before} were all bad`;
    default:
      return doubtText(judgement);
  }
}

/** Why nobody can tell. */
export function doubtText(doubt: Doubt): string {
  switch (doubt.why) {
    case 'unmeasured':
      return `only ${doubt.measured} of ${doubt.due} samples could be measured${
        doubt.tolerated === undefined
          ? ''
          : `: were the others bad, it would be more than the tolerated ${shareText(doubt.tolerated)}`
      }`;
    case 'gap':
      return `nothing was measured for ${tookText(doubt.gapMs)}, at most ${tookText(doubt.atMostMs)} is allowed`;
    case 'too-few':
      return `${doubt.measured} samples are too few${outageText(doubt.badForMs)}, at least ${doubt.least} are needed`;
    case 'above-tolerance':
      return `${shareText(doubt.bad)} of the samples were bad, more than the tolerated ${shareText(doubt.tolerated)}, but not surely more than by chance`;
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
