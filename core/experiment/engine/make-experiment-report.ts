import type { JudgedProbe, ProbeSpec } from '../../model/experiment.ts';
import type { ExperimentReport, ProbeResult } from '../../reports/experiment-report.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { EndJudgement } from '../evidence/judge.ts';
import { promiseOf } from '../evidence/promise.ts';
import type { Chronicle, ProbeChronicle } from './chronicle.ts';
import { conclude, type Outcome } from './conclude.ts';
import { deviationText } from './ending-texts.ts';
import type { ExperimentRun } from './experiment-run.ts';
import { percentile } from './histogram.ts';
import { nextSteps } from './next-steps.ts';
import type { ProbeDescription } from './ports.ts';

/** Of a probe: few enough for a page. */
const mostBadSamples = 200;

interface Finished extends Omit<Outcome, 'hasInjected'> {
  readonly startedAt: number;
  /** Stages that were begun. */
  readonly reached: number;
  readonly binMs: number;
}

/** Puts together what is known of an experiment that is over. */
export function makeExperimentReport(
  run: ExperimentRun,
  finished: Finished,
  chronicle: Chronicle,
  describe: (spec: ProbeSpec) => ProbeDescription,
): ExperimentReport {
  const { id, experiment, fileHash, rehearsal, trigger, startedBy, timeZone } = run;
  const { steadyState, observations, stages, title, hypothesis, owner, tags } = experiment;
  const { reached, startedAt, endedAt, binMs } = finished;
  const hasInjected = chronicle.strikes.some(({ from }) => from !== undefined);
  const { verdict, judgements } = conclude({ ...finished, hasInjected });
  const result = (spec: JudgedProbe | ProbeSpec) =>
    probeResult(spec, describe(spec), chronicle, {
      judgement: judgements.get(spec.name),
      ...{
        evidence: against(spec.name, finished),
        detectedAt: finished.evidence.at(-1)?.get(spec.name)?.deviated?.at,
      },
      ...{ verdict, binMs, isUnsteady: isUnsteady(spec.name, finished) },
    });
  chronicle.addEvent(Date.parse(verdict.at), 'verdict', `${verdict.is}: ${verdict.why}`);
  const report = {
    schemaVersion: 1 as const,
    ...{ id, title, hypothesis, owner, tags: [...tags], fileHash, rehearsal, trigger, startedBy, timeZone },
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
    verdict,
    stages: { reached, planned: stages.length },
    falseAlarms: steadyState.falseAlarms,
    probes: [...steadyState.probes, ...observations].map(result),
    strikes: chronicle.strikes,
    phases: chronicle.phases,
    events: chronicle.events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    notes: [],
    failures: chronicle.failures,
    promise: promiseOf(steadyState.falseAlarms),
  };
  return { ...report, next: [...nextSteps(report, chronicle.reach)] };
}

function probeResult(
  spec: JudgedProbe | ProbeSpec,
  { what, unit, limit }: ProbeDescription,
  { probes, phases }: Chronicle,
  about: {
    readonly judgement: EndJudgement | undefined;
    readonly evidence: Evidence | undefined;
    /** Under faults, epoch ms. */
    readonly detectedAt: number | undefined;
    /** Before a stage. */
    readonly isUnsteady: boolean;
    readonly verdict: ExperimentReport['verdict'];
    readonly binMs: number;
  },
): ProbeResult {
  const { name, type, everyMs } = spec;
  const seen = probes.get(name) as ProbeChronicle;
  const { judgement, evidence, detectedAt, binMs } = about;
  const [from, to] = (['fault', 'recovery'] as const).map((is) => {
    const last = phases.findLast((phase) => phase.is === is);
    return last && Date.parse(last.from);
  });
  return {
    ...{ name, type, what, everyMs, binMs },
    ...(unit !== undefined && { unit }),
    ...(limit !== undefined && { limit }),
    ...('tolerance' in spec && { tolerance: spec.tolerance }),
    is: 'tolerance' in spec ? standing(name, about) : 'observed',
    phases: seen.phases.map(({ is, stage, tally }) => {
      const [p50, p95] = [0.5, 0.95].map((share) => percentile(tally.values, share));
      return {
        ...{ is, stage, good: tally.good, bad: tally.bad, unmeasured: tally.unmeasured },
        ...(p50 !== undefined && { p50 }),
        ...(p95 !== undefined && { p95 }),
      };
    }),
    ...(judgement?.is === 'survived' && judgement.notices !== undefined && { notices: judgement.notices }),
    ...(judgement?.is === 'survived' && judgement.below !== undefined && { below: judgement.below }),
    ...(evidence?.deviated !== undefined && { why: deviationText(evidence) }),
    ...(detectedAt !== undefined &&
      from !== undefined && { detectedAfterMs: Math.max(0, detectedAt - from) }),
    ...(seen.recoveredAt !== undefined &&
      to !== undefined &&
      wasBad(seen) && { recoveredAfterMs: Math.max(0, seen.recoveredAt - to) }),
    ...(seen.recovery !== undefined && { recovery: seen.recovery }),
    bins: seen.phases.flatMap(({ tally }) => tally.bins),
    badSamples: lastBadSamples(seen),
    evidence: seen.evidence,
  };
}

/** Whether there was anything to recover from. */
function wasBad({ phases }: ProbeChronicle): boolean {
  return phases.some(({ is, tally }) => (is === 'fault' || is === 'recovery') && tally.bad > 0);
}

/** The last ones of each phase: in the one that ended it all, those led to the verdict. */
function lastBadSamples({ phases }: ProbeChronicle): ProbeResult['badSamples'] {
  const bad = phases.map(({ tally }) => tally.badSamples).filter(({ length }) => length > 0);
  const ofEach = Math.max(1, Math.floor(mostBadSamples / bad.length));
  return bad.flatMap((samples) => samples.slice(-ofEach));
}

/** What speaks most against a probe. */
function against(name: string, { ending, evidence }: Finished): Evidence | undefined {
  return ending?.is === 'deviated' && ending.probe === name ? ending.evidence : evidence.at(-1)?.get(name);
}

function isUnsteady(name: string, { ending }: Pick<Outcome, 'ending'>): boolean {
  return ending?.is === 'not-steady' && ending.probe === name;
}

function standing(
  name: string,
  {
    judgement,
    verdict,
    isUnsteady,
  }: Pick<Parameters<typeof probeResult>[3], 'judgement' | 'verdict' | 'isUnsteady'>,
): ProbeResult['is'] {
  if (isUnsteady) return 'not-steady';
  if (judgement?.is === 'deviated' || (verdict.is === 'deviated' && verdict.probe === name))
    return 'deviated';
  return judgement?.is === 'survived' ? 'within' : 'too-little';
}
