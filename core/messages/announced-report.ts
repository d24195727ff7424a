import type { RunReport } from '../reports/run-report.ts';

/** A run's report as it is announced. It may lack the decisions, which are in the log. */
export type AnnouncedReport = Omit<RunReport, 'decisions'> & Partial<Pick<RunReport, 'decisions'>>;

/**
 * What makes a run worth announcing. A run that did nothing, stopped at a closed gate, or only found a group gone has none of
 * these.
 */
export type Outcome = 'strike' | 'failure' | 'recovery' | 'not-recovered';

/** By the counts, as lists may have been truncated. `old`: how many of the failures were announced before. */
export function outcomes({ counts }: AnnouncedReport, old = 0): readonly Outcome[] {
  return [
    // What may have been struck is announced as if it was.
    ...(counts.succeeded + counts.unknown + counts.leashed > 0 ? (['strike'] as const) : []),
    ...(counts.failed + counts.failures > old ? (['failure'] as const) : []),
    ...(counts.recovered > 0 ? (['recovery'] as const) : []),
    ...(counts.notRecovered > 0 ? (['not-recovered'] as const) : []),
  ];
}

/** Whether anybody needs to hear about this run. */
export function isWorthAnnouncing(report: AnnouncedReport, old = 0): boolean {
  return outcomes(report, old).length > 0;
}
