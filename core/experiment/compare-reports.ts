import type { ExperimentReport, ProbeResult } from '../reports/experiment-report.ts';

/** What a probe showed under the fault of one run. */
export interface ProbeUnderFault {
  readonly bad: number;
  readonly measured: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly recoveredAfterMs?: number;
}

/** What tells two runs from each other. */
export type ComparedRun = Pick<
  ExperimentReport,
  'id' | 'title' | 'fileHash' | 'rehearsal' | 'ranWith' | 'startedAt'
>;

export interface Comparison {
  readonly runs: readonly [ComparedRun, ComparedRun];
  readonly isSameFile: boolean;
  readonly verdicts: readonly [ExperimentReport['verdict']['is'], ExperimentReport['verdict']['is']];
  /** By name, in the order of the first run; undefined where a run has no such probe. */
  readonly probes: readonly {
    readonly name: string;
    readonly unit?: string;
    readonly runs: readonly [ProbeUnderFault | undefined, ProbeUnderFault | undefined];
  }[];
}

/** Puts two runs side by side. It judges nothing: two runs differ by more than the system. */
export function compareReports(before: ExperimentReport, after: ExperimentReport): Comparison {
  const names = new Set([...before.probes, ...after.probes].map(({ name }) => name));
  const find = (report: ExperimentReport, name: string) => report.probes.find((probe) => probe.name === name);
  return {
    runs: [comparedRun(before), comparedRun(after)],
    isSameFile: before.fileHash === after.fileHash,
    verdicts: [before.verdict.is, after.verdict.is],
    probes: [...names].map((name) => {
      const [one, other] = [find(before, name), find(after, name)];
      const unit = one?.unit ?? other?.unit;
      return { name, ...(unit !== undefined && { unit }), runs: [underFault(one), underFault(other)] };
    }),
  };
}

function comparedRun(report: ExperimentReport): ComparedRun {
  const { id, title, fileHash, rehearsal, ranWith, startedAt } = report;
  return { id, title, fileHash, rehearsal, ...(ranWith !== undefined && { ranWith }), startedAt };
}

/** Percentiles of the last stage, which has the widest fault. */
function underFault(probe: ProbeResult | undefined): ProbeUnderFault | undefined {
  if (probe === undefined) return undefined;
  const { recoveredAfterMs } = probe;
  const stages = probe.phases.filter(({ is }) => is === 'fault');
  const sum = (key: 'good' | 'bad') => stages.reduce((all, stage) => all + stage[key], 0);
  const { p50, p95 } = stages.at(-1) ?? {};
  return {
    ...{ bad: sum('bad'), measured: sum('good') + sum('bad') },
    ...(p50 !== undefined && { p50 }),
    ...(p95 !== undefined && { p95 }),
    ...(recoveredAfterMs !== undefined && { recoveredAfterMs }),
  };
}
