import type { Leash } from '../config/resolve-leash.ts';
import type { Decision } from '../model/decision.ts';
import type { Failure } from '../model/failure.ts';
import type { Recovered, Recovery } from '../model/recovery.ts';
import type { Slot, Trigger } from '../model/slot.ts';
import { unreadableItem } from '../model/unreadable-item.ts';
import type { Counts, GateVerdict, PermissionCheck, RunReport, Strike } from '../reports/run-report.ts';
import { compareStrings } from '../util/compare-strings.ts';

/** What a run found and did. */
export interface Findings {
  readonly accounts: number;
  readonly regionsSurveyed: number;
  readonly groupsNotFound: readonly string[];
  readonly didYouMean?: Readonly<Record<string, string>>;
  readonly decisions: readonly Decision[];
  readonly strikes: readonly Strike[];
  readonly permissions?: readonly PermissionCheck[];
  readonly recoveries: readonly Recovered[];
  readonly failures: readonly Failure[];
}

export const noFindings: Findings = {
  accounts: 0,
  regionsSurveyed: 0,
  groupsNotFound: [],
  decisions: [],
  strikes: [],
  recoveries: [],
  failures: [],
};

export function makeReport(
  run: { readonly runId: string; readonly trigger: Trigger; readonly slot: Slot },
  task: RunReport['task'],
  leash: Leash,
  gates: { readonly verdicts: readonly GateVerdict[]; readonly closed: boolean },
  findings: Findings,
  time: { readonly startedAt: number; readonly endedAt: number },
): RunReport {
  const { groupsNotFound, didYouMean = {}, permissions = [] } = findings;
  const failures = onceEach(findings.failures);
  const [strikes, decisions] = [byGroup(findings.strikes), byGroup(findings.decisions)];
  return {
    schemaVersion: 2,
    task,
    runId: run.runId,
    trigger: run.trigger,
    slot: run.slot.id,
    mode: leash.mode,
    ...(leash.mode === 'leashed' && { leashedBecause: leash.because }),
    outcome: gates.closed ? 'closed' : 'done',
    startedAt: new Date(time.startedAt).toISOString(),
    durationMs: time.endedAt - time.startedAt,
    gates: gates.verdicts,
    counts: countFindings({ ...findings, decisions, failures }),
    groupsNotFound,
    ...(Object.keys(didYouMean).length > 0 && { didYouMean }),
    strikes,
    ...(permissions.length > 0 && { permissions }),
    recoveries: byGroup(findings.recoveries),
    failures,
    decisions,
  };
}

/** A run works in a drawn order, but people read a report by group. */
function byGroup<Entry extends { readonly group: string }>(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => compareStrings(a.group, b.group));
}

/** Every round that reads an unreadable item reports it again. */
function onceEach(failures: readonly Failure[]): readonly Failure[] {
  const seen = new Set<string>();
  return failures.filter(({ code, message }) => {
    const isNew = code !== unreadableItem || !seen.has(message);
    seen.add(message);
    return isNew;
  });
}

/** The report with failures that occurred after it was made. */
export function withFailures(report: RunReport, more: readonly Failure[]): RunReport {
  const failures = [...report.failures, ...more];
  return { ...report, failures, counts: { ...report.counts, failures: failures.length } };
}

function countFindings({
  accounts,
  regionsSurveyed,
  decisions,
  strikes,
  recoveries,
  failures,
}: Findings): Counts {
  const spared: Record<string, number> = {};
  for (const { verdict, reason } of decisions) {
    if (verdict === 'spare') spared[reason.code] = (spared[reason.code] ?? 0) + 1;
  }
  const made = (outcome: Strike['outcome']) => strikes.filter((strike) => strike.outcome === outcome).length;
  const ended = (outcome: Recovery['outcome']) =>
    recoveries.filter(({ recovery }) => recovery.outcome === outcome).length;
  return {
    accounts,
    regionsSurveyed,
    groups: decisions.length,
    succeeded: made('succeeded'),
    failed: made('failed'),
    unknown: made('unknown'),
    leashed: made('leashed'),
    recovered: ended('recovered'),
    notRecovered: ended('not-recovered'),
    failures: failures.length,
    spared,
  };
}
