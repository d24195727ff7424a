import { type ExperimentNotice, noticeHead, openFirst } from '../../reports/experiment-notice.ts';
import type { ExperimentReport } from '../../reports/experiment-report.ts';
import { maxText, oneLine } from '../../util/format.ts';
import { findingText, stateWords } from '../wording/probe-words.ts';
import { meaningOf } from '../wording/verdict-words.ts';
import { noticedHypothesis } from './noticed-hypothesis.ts';
import { noticedStrike } from './noticed-strike.ts';

const maxPage = 1_000;

/** Of one that is over. */
export function endedNotice(report: ExperimentReport, page: string | undefined): ExperimentNotice {
  const { verdict, hypothesis, startedBy, startedAt, endedAt, stages, promise } = report;
  return {
    is: 'ended',
    ...noticeHead(report),
    ...{ at: endedAt, startedAt, stages, verdict: verdict.is, means: meaningOf(report) },
    why: oneLine(verdict.why, maxText),
    hypothesis: noticedHypothesis(hypothesis),
    startedBy: oneLine(startedBy, maxText),
    next: report.next.map((step) => oneLine(step, maxText)),
    probes: report.probes.map((probe) => ({
      name: oneLine(probe.name, maxText),
      text: oneLine(`${stateWords(probe).word}. ${findingText(probe)}`, maxText),
    })),
    promise: oneLine(promise, maxText),
    ...(page !== undefined && { page: oneLine(page, maxPage) }),
    strikes: openFirst(report.strikes.map(noticedStrike)),
  };
}
