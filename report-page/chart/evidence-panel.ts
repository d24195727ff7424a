import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { oddsText } from '#core/experiment/wording/numbers.ts';
import type { ProbeResult } from '#core/reports/experiment-report.ts';
import { grouped } from '#core/util/format.ts';
import { drawn, html } from '../markup.ts';
import { isDrawable } from './columns.ts';
import { boundLine, type Panel, px, stretched } from './panel.ts';
import type { TimeAxis } from './time-axis.ts';

const height = 64;
/** Common logarithms between which evidence is drawn: below, it says only that all is well; above, that the verdict is long certain. */
const drawnFrom = -1;
const drawnAboveBound = 2;
const maxBound = 30;

/** The evidence against a probe over time; undefined where none was kept, as for observations. */
export function evidencePanel(
  probe: Pick<ProbeResult, 'evidence'>,
  axis: TimeAxis,
  bound: number | undefined,
  most: number,
): Panel | undefined {
  const evidence = probe.evidence.filter(([at, log]) => isDrawable({ at, value: log }));
  if (evidence.length === 0) return undefined;
  const logBound = bound !== undefined && bound > 1 ? Math.min(Math.log10(bound), maxBound) : undefined;
  const highest = Math.max(1, ...evidence.map(([, log]) => log));
  const top =
    logBound === undefined
      ? Math.min(highest, 6)
      : Math.max(logBound + 1.2, Math.min(highest, logBound + drawnAboveBound));
  const scale = scaleLinear().domain([drawnFrom, top]).range([height, 0]).clamp(true);
  const y = (log: number) => px(scale(log));
  const path = line<readonly [number, number]>()
    .x(([at]) => stretched(axis.percent(at)))
    .y(([, log]) => y(log));
  return {
    title: 'Evidence: odds against chance, log axis',
    height,
    ticks: ticksUpTo(top).map((log) => ({ y: y(log), text: oddsLabel(log) })),
    paths: html`<path class="evidence" d="${drawn(path(peaks(evidence, axis, most)))}"/>`,
    marks:
      bound === undefined || logBound === undefined
        ? undefined
        : boundLine(y(logBound), `${oddsText(bound)}: it deviates`),
  };
}

/** The highest of each interval: it must be seen where evidence passed the bound. */
function peaks(evidence: ProbeResult['evidence'], axis: TimeAxis, most: number): [number, number][] {
  const widthMs = Math.max(1, (axis.to - axis.from) / most);
  const intervals = Map.groupBy(evidence, ([at]) => Math.floor((at - axis.from) / widthMs));
  return [...intervals.values()].flatMap((own) => {
    const peak = own.reduce((highest, one) => (one[1] > highest[1] ? one : highest));
    return [[peak[0], peak[1]] as [number, number]];
  });
}

/** Whole powers of ten, no more than four. */
function ticksUpTo(top: number): readonly number[] {
  const step = Math.max(1, Math.ceil(top / 3));
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
}

function oddsLabel(log: number): string {
  return log < 6 ? grouped(10 ** log) : `1e${log}`;
}
