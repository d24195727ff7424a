import type { ExperimentRecord } from './experiment-record.ts';
import type { ExperimentReport } from './experiment-report.ts';

/** What the ledger keeps of a report. */
export function experimentEnd({
  verdict,
  endedAt,
  probes,
}: ExperimentReport): NonNullable<ExperimentRecord['ended']> {
  const recoveries = probes.flatMap(({ recoveredAfterMs }) => recoveredAfterMs ?? []);
  const isWell = probes.every(({ recovery }) => recovery === undefined || recovery === 'in-time');
  return {
    ...{ verdict: verdict.is, why: verdict.why, at: endedAt },
    ...(verdict.deviated !== undefined && { hasDeviated: true as const }),
    ...(isWell && recoveries.length > 0 && { recoveredAfterMs: Math.max(...recoveries) }),
  };
}
