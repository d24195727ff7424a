import type { Tone } from '../../messages/section.ts';
import type { ExperimentReport, ExperimentVerdict } from '../../reports/experiment-report.ts';

interface VerdictWords {
  readonly word: string;
  /** What it means, for somebody who has never seen one. */
  readonly means: string;
  readonly tone: Tone;
}

const words: Readonly<Record<ExperimentVerdict['is'], VerdictWords>> = {
  survived: { word: 'Survived', means: 'The steady state held under the fault.', tone: 'good' },
  deviated: {
    word: 'Deviated',
    means: 'The steady state did not hold under the fault: the hypothesis is wrong.',
    tone: 'bad',
  },
  'not-steady': {
    word: 'Not steady',
    means: 'The steady state did not hold before the fault, so it was not injected.',
    tone: 'warn',
  },
  inconclusive: {
    word: 'Inconclusive',
    means: 'There is too little evidence for a verdict. This is no pass.',
    tone: 'warn',
  },
  aborted: { word: 'Aborted', means: 'It was stopped before it could tell.', tone: 'info' },
  failed: { word: 'Failed', means: 'It could not be carried out.', tone: 'bad' },
  'undo-failed': {
    word: 'Undo failed',
    means: 'Something may still be broken: undo it by hand.',
    tone: 'alarm',
  },
};

export function verdictWords({ is }: Pick<ExperimentVerdict, 'is'>): VerdictWords {
  return words[is];
}

const rehearsed: Partial<Record<ExperimentVerdict['is'], string>> = {
  survived: 'Without any fault, the steady state held: no false alarm.',
  deviated:
    'The steady state did not hold, and there was no fault: a false alarm, or trouble of another kind.',
};

/** What the verdict of this report means. Without a fault, it says something about the experiment and not about the system. */
export function meaningOf({ verdict, rehearsal, stages, probes }: ExperimentReport): string {
  const probe = probes.find(({ name }) => name === verdict.probe);
  if (verdict.is === 'inconclusive' && probe?.is === 'not-steady') {
    return `The steady state did not hold before stage ${stages.reached}. What was injected before may be the cause.`;
  }
  if (verdict.is === 'undo-failed' && verdict.deviated !== undefined) {
    return `${words[verdict.is].means} It also deviated: ${verdict.deviated}.`;
  }
  if (
    verdict.is === 'deviated' &&
    !rehearsal &&
    probe?.recovery === 'late' &&
    probe.detectedAfterMs === undefined
  ) {
    return 'The steady state did not come back after the fault: the hypothesis is wrong.';
  }
  return (rehearsal ? rehearsed[verdict.is] : undefined) ?? words[verdict.is].means;
}
