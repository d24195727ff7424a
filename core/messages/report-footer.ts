import type { Trigger } from '../model/slot.ts';
import { counted, grouped } from '../util/format.ts';
import type { AnnouncedReport } from './announced-report.ts';
import { sparedCount } from './report-sections.ts';
import type { Limits } from './section.ts';

/** A run's totals, its open gates, what its report left out, and which run it was. */
export function reportFooter(report: AnnouncedReport, { spared = 0 }: Limits): readonly string[] {
  const { gates, omitted } = report;
  const open = gates.filter((gate) => gate.open).map(({ gate, text }) => `${gate} (${text})`);
  const missing =
    omitted !== undefined &&
    // Omitted decisions only matter where spared groups would have been listed.
    omitted.strikes + omitted.recoveries + omitted.failures + (spared > 0 ? omitted.decisions : 0) > 0;
  return [
    sums(report),
    ...(open.length === 0 ? [] : [`Open gates: ${open.join(', ')}.`]),
    ...(missing ? [omitted.text] : []),
    runText(report),
  ];
}

function sums({ task, mode, outcome, counts }: AnnouncedReport): string {
  const failures = counted(counts.failures, 'failure');
  if (task === 'verify') {
    return `Verified earlier strikes: ${grouped(counts.recovered)} recovered, ${grouped(counts.notRecovered)} NOT recovered, ${failures}.`;
  }
  if (outcome === 'closed') return 'Nothing was surveyed.';
  const live = mode === 'live';
  const all = [
    `${grouped(live ? counts.succeeded : counts.leashed)} ${live ? 'struck' : 'would have been struck'}`,
    ...(counts.unknown > 0 ? [`${grouped(counts.unknown)} perhaps struck`] : []),
    ...(counts.failed > 0 ? [`${grouped(counts.failed)} could not be struck`] : []),
    `${grouped(sparedCount(counts))} spared`,
    failures,
  ];
  // Regions are counted per account.
  const where = `${counted(counts.regionsSurveyed, 'region')} of ${counted(counts.accounts, 'account')}`;
  return `Surveyed ${counted(counts.groups, 'group')} in ${where}: ${all.join(', ')}.`;
}

const triggers: Record<Trigger, string> = {
  schedule: 'the schedule',
  invoke: 'a direct invocation',
  api: 'the API',
  cli: 'the command line',
};

function runText({ task, runId, slot, trigger, startedAt, durationMs }: AnnouncedReport): string {
  // A verification has a name instead of a slot.
  const name = task === 'verify' ? `Run ${runId}` : `Run ${runId}, slot ${slot}`;
  return `${name}, started by ${triggers[trigger]} at ${startedAt}, took ${(durationMs / 1000).toFixed(1)} s.`;
}
