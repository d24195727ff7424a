import type { ExperimentVerdict } from '../../reports/experiment-report.ts';
import { counted } from '../../util/format.ts';
import { type Evidence, log10OfEvidence } from '../evidence/evidence.ts';
import { type EndJudgement, judgeEnd } from '../evidence/judge.ts';
import { boundOf } from '../evidence/plan.ts';
import { shareText } from '../wording/numbers.ts';
import { doubtText } from './ending-texts.ts';
import type { Ending } from './endings.ts';
import type { OpenUndo } from './ports.ts';
import type { RampPlace } from './ramp-place.ts';
import type { FaultEvidence } from './run-stage.ts';

/** What an experiment came to. */
export interface Outcome {
  /** Undefined: all was done that its file says, and every stage was survived, as far as all was undone. */
  readonly ending: Ending | undefined;
  /** At the end of each stage in which a fault was in effect. */
  readonly evidence: readonly FaultEvidence[];
  readonly open: readonly OpenUndo[];
  /** Where it ended, in a ramp. */
  readonly place?: RampPlace | undefined;
  /** Something was struck, or may have been. */
  readonly hasInjected: boolean;
  /** Epoch ms. */
  readonly endedAt: number;
}

export interface Conclusion {
  readonly verdict: ExperimentVerdict;
  /** Of each judged probe, where faults were in effect. */
  readonly judgements: ReadonlyMap<string, EndJudgement>;
}

/** The verdict. Whatever else happened, a fault that is still in place is what people have to know first. */
export function conclude({ ending, evidence, open, place, hasInjected, endedAt }: Outcome): Conclusion {
  const judgements = judgeStages(evidence);
  const at = new Date(ending?.at ?? endedAt).toISOString();
  const [first] = open;
  if (first !== undefined) {
    const others = open.length === 1 ? '' : `, and ${open.length - 1} more`;
    const why = `${first.group} could not be undone${others}: ${first.why}`;
    const deviated = ending?.is === 'deviated' && { deviated: whyOf(ending, place) };
    return { verdict: { is: 'undo-failed', why, at, ...deviated }, judgements };
  }
  if (ending !== undefined) return { verdict: { at, ...endedEarly(ending, place, hasInjected) }, judgements };
  for (const [probe, judgement] of judgements) {
    if (judgement.is !== 'inconclusive') continue;
    const inAll = evidence.length === 1 ? '' : ', in all stages together';
    const why = `probe ${probe}${inAll}: ${doubtText(judgement)}`;
    return { verdict: { is: 'inconclusive', why, probe, at }, judgements };
  }
  return { verdict: { is: 'survived', why: survivedText(judgements, evidence.length), at }, judgements };
}

function judgeStages(evidence: readonly FaultEvidence[]): Conclusion['judgements'] {
  const names = new Set(evidence.flatMap((stage) => [...stage.keys()]));
  return new Map(
    [...names].flatMap((name): [string, EndJudgement][] => {
      const [first, ...others] = evidence.flatMap((stage): readonly Evidence[] => {
        const one = stage.get(name);
        return one === undefined ? [] : [one];
      });
      return first === undefined ? [] : [[name, judgeEnd([first, ...others])]];
    }),
  );
}

function endedEarly(
  ending: Ending,
  place: RampPlace | undefined,
  hasInjected: boolean,
): Omit<ExperimentVerdict, 'at'> {
  switch (ending.is) {
    case 'aborted':
      return { is: 'aborted', why: ending.by, by: ending.by };
    case 'failed':
      return { is: 'failed', why: ending.why };
    case 'not-steady':
    case 'inconclusive': {
      // Who reads "not steady" relies on it that nothing was injected.
      const is = hasInjected ? 'inconclusive' : ending.is;
      const { probe } = ending;
      return { is, why: whyOf(ending, place), ...(probe !== undefined && { probe }) };
    }
    case 'deviated': {
      const { probe, evidence: one } = ending;
      const log10 = one?.deviated && log10OfEvidence(one);
      return {
        ...{ is: 'deviated', why: whyOf(ending, place), probe },
        ...(one !== undefined &&
          log10 !== undefined && { evidence: { reached: 10 ** log10, bound: boundOf(one.plan) } }),
      };
    }
  }
}

/** Of a probe, if it is about one, and of a stage, if there are more: those before have survived. */
function whyOf(
  { is, probe, why }: Extract<Ending, { is: 'deviated' | 'not-steady' | 'inconclusive' }>,
  place: RampPlace | undefined,
): string {
  // What is not steady says itself before which stage.
  const where = is === 'not-steady' ? undefined : place?.where;
  const about = [...(probe === undefined ? [] : [`probe ${probe}`]), ...(where === undefined ? [] : [where])];
  const text = about.length === 0 ? why : `${about.join(', ')}: ${why}`;
  return place?.survived === undefined ? text : `${text}; ${place.survived}`;
}

function survivedText(judgements: Conclusion['judgements'], stages: number): string {
  const within = `${counted(judgements.size, 'probe')} stayed within tolerance`;
  const noticed = [...judgements].flatMap(([name, one]) =>
    one.is === 'survived' && one.notices !== undefined ? [`${name} ${shareText(one.notices)}`] : [],
  );
  if (noticed.length === 0) return within;
  return `${within}; would have been noticed${stages === 1 ? '' : ' in each stage'}: ${noticed.join(', ')} bad`;
}
