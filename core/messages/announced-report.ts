import type { RunReport } from '../reports/run-report.ts';

/** What people are told of a run: without the decisions all the same, which they find in the log. */
export type AnnouncedReport = Omit<RunReport, 'decisions'> & Partial<Pick<RunReport, 'decisions'>>;

/**
 * What a run has to say. A run that came to an end with nothing done, or before a closed gate, has nothing; nor has one that
 * found a group gone.
 */
export type Outcome = 'strike' | 'failure' | 'recovery' | 'not-recovered';

/** Counts speak here, not lists: those may have been cut to fit. `old`: how many failures people were told of before. */
export function outcomes({ counts }: AnnouncedReport, old = 0): readonly Outcome[] {
  return [
    // What may have been struck is told like what was.
    ...(counts.succeeded + counts.unknown + counts.leashed > 0 ? (['strike'] as const) : []),
    ...(counts.failed + counts.failures > old ? (['failure'] as const) : []),
    ...(counts.recovered > 0 ? (['recovery'] as const) : []),
    ...(counts.notRecovered > 0 ? (['not-recovered'] as const) : []),
  ];
}

/** Whether anybody needs to hear of this run. */
export function isWorthAnnouncing(report: AnnouncedReport, old = 0): boolean {
  return outcomes(report, old).length > 0;
}
