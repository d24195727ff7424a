import { isShort, valueText } from '#core/experiment/wording/numbers.ts';
import type { ExperimentReport, ProbeResult } from '#core/reports/experiment-report.ts';
import { counted, grouped } from '#core/util/format.ts';
import { bounds, shareOf } from '../bounds.ts';
import { columnsOf } from '../chart/columns.ts';
import { phaseName } from '../chart/phase-lane.ts';
import type { Clock } from '../clock.ts';
import { brief, type Content, html, type Markup } from '../markup.ts';
import { dataTable, leftOut } from '../table.ts';

/** What a chart shows, for those who do not see it, and for those who want the numbers. */
export function probeData(probe: ProbeResult, { probes, stages }: ExperimentReport, clock: Clock): Markup {
  const { unit } = probe;
  const said = isShort(unit) ? unit : undefined;
  const inUnit = said === undefined && unit !== undefined ? `, values in ${unit}` : '';
  const textOf = (value: number | undefined) => (value === undefined ? '–' : valueText(value, said));
  const phases = probe.phases
    .slice(0, shareOf(bounds.phaseRows, probes.length))
    .map((phase) => [
      phaseName(phase, stages.planned),
      ...countsOf(phase),
      textOf(phase.p50),
      textOf(phase.p95),
    ]);
  const columns = columnsOf(probe, shareOf(bounds.tableRows, probes.length));
  const overTime = columns.map((column) => [
    momentOf(column.at, clock),
    ...countsOf(column),
    ...[column.min, column.median, column.max].map(textOf),
  ]);
  const counts = ['Good', 'Bad', 'Unmeasured'];
  const intervals = counted(columns.length, 'interval');
  const bad = counted(probe.badSamples.length, 'bad sample');
  return html`
    ${dataTable(`By phase${inUnit}`, ['Phase', ...counts, 'p50', 'p95'], phases)}
    ${leftOut(probe.phases.length, phases.length, 'phases are')}
    <details>
      <summary>Data of <bdi>${probe.name}</bdi>: ${intervals}, ${bad}</summary>
      ${dataTable(`Over time${inUnit}`, [zones(clock), ...counts, 'Min', 'Median', 'Max'], overTime)}
      ${badTable(probe, probes.length, textOf, clock)}
    </details>`;
}

function badTable(
  { badSamples }: ProbeResult,
  probes: number,
  textOf: (value: number | undefined) => string,
  clock: Clock,
): Content {
  if (badSamples.length === 0) return undefined;
  const shown = badSamples.slice(0, shareOf(bounds.badRows, probes));
  return html`${dataTable(
    'Bad samples',
    [zones(clock), 'Value', 'What was seen'],
    shown.map(({ at, value, detail }) => [momentOf(at, clock), textOf(value), brief(detail)]),
  )}${leftOut(badSamples.length, shown.length, 'bad samples are')}`;
}

function countsOf({
  good,
  bad,
  unmeasured,
}: {
  good: number;
  bad: number;
  unmeasured: number;
}): readonly string[] {
  return [good, bad, unmeasured].map(grouped);
}

function zones({ timeZone }: Clock): string {
  return timeZone === 'UTC' ? 'UTC' : `${timeZone} (UTC)`;
}

function momentOf(at: number, clock: Clock): string {
  const parts = { seconds: true };
  const local = clock.local(at, parts);
  return clock.timeZone === 'UTC' ? local : `${local} (${clock.utc(at, parts)})`;
}
