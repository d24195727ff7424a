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
export function probeData(
  probe: ProbeResult,
  { probes, stages, verdict }: ExperimentReport,
  clock: Clock,
): Markup {
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
  const bad = badOf(probe);
  return html`
    ${dataTable(`By phase${inUnit}`, ['Phase', ...counts, 'p50', 'p95'], phases)}
    ${leftOut(probe.phases.length, phases.length, 'phases are')}
    <details>
      <summary>Data of <bdi>${probe.name}</bdi>: ${intervals}, ${counted(bad, 'bad sample')}</summary>
      ${dataTable(`Over time${inUnit}`, [zones(clock), ...counts, 'Min', 'Median', 'Max'], overTime)}
      ${badTable(lastUntil(verdict.at, probe, shareOf(bounds.badRows, probes.length)), bad, textOf, clock)}
    </details>`;
}

/** All that there were: the report has the last ones of each phase. */
function badOf({ phases, badSamples }: ProbeResult): number {
  const counted = phases.reduce((sum, { bad }) => sum + bad, 0);
  return Math.max(counted, badSamples.length);
}

/** The last ones that led to the verdict; as far as there are fewer, those that came after it too. */
function lastUntil(verdictAt: string, { badSamples }: ProbeResult, most: number): ProbeResult['badSamples'] {
  const sorted = badSamples.toSorted((a, b) => a.at - b.at);
  const until = sorted.findLastIndex(({ at }) => at <= Date.parse(verdictAt)) + 1;
  const from = Math.max(0, until - most);
  return sorted.slice(from, from + most);
}

function badTable(
  shown: ProbeResult['badSamples'],
  all: number,
  textOf: (value: number | undefined) => string,
  clock: Clock,
): Content {
  if (shown.length === 0) return undefined;
  return html`${dataTable(
    'Bad samples',
    [zones(clock), 'Value', 'What was seen'],
    shown.map(({ at, value, detail }) => [momentOf(at, clock), textOf(value), brief(detail)]),
  )}${leftOut(all, shown.length, 'bad samples are')}`;
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
