import type { JudgedProbe } from '../../model/experiment.ts';
import type { ExperimentVerdict } from '../../reports/experiment-report.ts';
import { counted } from '../../util/format.ts';
import { log10OfEvidence } from '../evidence/evidence.ts';
import { type EndJudgement, judgeEnd } from '../evidence/judge.ts';
import { boundOf } from '../evidence/plan.ts';
import { shareText } from '../wording/numbers.ts';
import { tooLittleText } from './ending-texts.ts';
import type { Ending } from './endings.ts';
import type { OpenUndo } from './ports.ts';
import type { FaultEvidence } from './run-stage.ts';

/** What an experiment came to. */
export interface Outcome {
  /** Undefined: all was done that its file says. */
  readonly ending: Ending | undefined;
  readonly evidence: FaultEvidence;
  readonly open: readonly OpenUndo[];
  /** Epoch ms. */
  readonly endedAt: number;
}

export interface Conclusion {
  readonly verdict: ExperimentVerdict;
  /** Of each judged probe, where faults were in effect. */
  readonly judgements: ReadonlyMap<string, EndJudgement>;
}

/** The verdict. Whatever else happened, a fault that is still in place is what people have to know first. */
export function conclude(
  { ending, evidence, open, endedAt }: Outcome,
  probes: readonly JudgedProbe[],
): Conclusion {
  const judgements = new Map(
    [...evidence].flatMap(([name, one]) =>
      one.measured + one.unmeasured === 0 ? [] : [[name, judgeEnd(one)]],
    ),
  );
  const at = new Date(ending?.at ?? endedAt).toISOString();
  const [first] = open;
  if (first !== undefined) {
    const others = open.length === 1 ? '' : `, and ${open.length - 1} more`;
    const why = `${first.group} could not be undone${others}: ${first.why}`;
    return { verdict: { is: 'undo-failed', why, at }, judgements };
  }
  if (ending !== undefined) return { verdict: { at, ...endedEarly(ending) }, judgements };
  for (const { name } of probes) {
    const judgement = judgements.get(name);
    if (judgement === undefined) {
      const why = `probe ${name} measured nothing while a fault was in effect`;
      return { verdict: { is: 'inconclusive', why, probe: name, at }, judgements };
    }
    if (judgement.is === 'inconclusive') {
      const why = `probe ${name}: ${tooLittleText(judgement)}`;
      return { verdict: { is: 'inconclusive', why, probe: name, at }, judgements };
    }
  }
  return { verdict: { is: 'survived', why: survivedText(judgements), at }, judgements };
}

function endedEarly(ending: Ending): Omit<ExperimentVerdict, 'at'> {
  switch (ending.is) {
    case 'aborted':
      return { is: 'aborted', why: ending.by, by: ending.by };
    case 'failed':
      return { is: 'failed', why: ending.why };
    case 'inconclusive':
      if (ending.probe === undefined) return { is: 'inconclusive', why: ending.why };
      return { is: 'inconclusive', why: `probe ${ending.probe}: ${ending.why}`, probe: ending.probe };
    case 'not-steady':
      return { is: ending.is, why: `probe ${ending.probe}: ${ending.why}`, probe: ending.probe };
    case 'deviated': {
      const { probe, why, evidence: one } = ending;
      const log10 = one?.deviated && log10OfEvidence(one);
      return {
        ...{ is: 'deviated', why: `probe ${probe}: ${why}`, probe },
        ...(one !== undefined &&
          log10 !== undefined && { evidence: { reached: 10 ** log10, bound: boundOf(one.plan) } }),
      };
    }
  }
}

function survivedText(judgements: Conclusion['judgements']): string {
  const within = `${counted(judgements.size, 'probe')} stayed within tolerance`;
  const noticed = [...judgements].flatMap(([name, one]) =>
    one.is === 'survived' && one.notices !== undefined ? [`${name} ${shareText(one.notices)}`] : [],
  );
  return noticed.length === 0 ? within : `${within}; would have been noticed: ${noticed.join(', ')} bad`;
}
