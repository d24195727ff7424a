import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { isShort, valueText } from '#core/experiment/wording/numbers.ts';
import { toleranceText } from '#core/experiment/wording/probe-words.ts';
import type { ProbeResult } from '#core/reports/experiment-report.ts';
import { type Content, drawn, html } from '../markup.ts';
import { badMarks } from './bad-marks.ts';
import { type Column, isDrawable } from './columns.ts';
import { boundLine, type Panel, px, stretched } from './panel.ts';
import type { TimeAxis } from './time-axis.ts';

const height = 150;
/** Where the largest value is more than so many times a typical one, a linear axis would show nothing else. */
const linearUpTo = 25;
/** What is less than that is shown as nothing. */
const smallest = 1e-6;

interface Point {
  readonly x: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The band from the least to the largest value, the median in it, and each bad sample; undefined where nothing has a value. */
export function valuePanel(
  probe: ProbeResult,
  columns: readonly Column[],
  axis: TimeAxis,
  most: number,
): Panel | undefined {
  const runs = runsOf(columns, axis);
  const points = runs.flat();
  const badSamples = probe.badSamples.filter(isDrawable);
  const values = [
    ...points.flatMap(({ min, max }) => [min, max]),
    ...badSamples.flatMap(({ value }) => value ?? []),
  ];
  if (values.length === 0) return undefined;
  const { unit } = probe;
  const limit = isDrawable({ at: 0, value: probe.limit }) ? probe.limit : undefined;
  const { scale, isLog, ticks } = scaleFor([...values, limit ?? 0], points);
  const y = (value: number) => px(scale(value));
  return {
    title: ['Measured', isShort(unit) || unit === undefined ? '' : `in ${unit}`, isLog ? '(log axis)' : '']
      .filter((part) => part !== '')
      .join(' '),
    height,
    ticks: ticks.map((value) => ({ y: y(value), text: valueText(value, isShort(unit) ? unit : undefined) })),
    paths: pathsOf(runs, y),
    marks: [
      badMarks(badSamples, axis, y, most),
      limit === undefined ? undefined : boundLine(y(limit), limitText(probe, limit)),
    ],
  };
}

function limitText(probe: ProbeResult, limit: number): string {
  const allowed = probe.tolerance === undefined ? '' : `, ${toleranceText(probe)} allowed`;
  return `limit ${valueText(limit, probe.unit)}${allowed}`;
}

/** From the foot of the panel to its top. Linear from zero, unless that would show nothing but the largest values. */
function scaleFor(values: readonly number[], points: readonly Point[]) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const medians = points.map(({ median }) => median).toSorted((a, b) => a - b);
  const typical = medians[Math.floor(medians.length / 2)] ?? most;
  const isLog = typical > 0 && most > typical * linearUpTo;
  if (!isLog) {
    const top = most > smallest ? most * 1.08 : 1;
    const scale = scaleLinear()
      .domain([Math.min(0, least), top])
      .range([height, 0]);
    return { isLog, scale, ticks: scale.ticks(4) };
  }
  const positive = Math.min(...values.filter((value) => value > 0));
  const scale = scaleLog().domain([positive, most]).range([height, 0]).nice().clamp(true);
  return { isLog, scale, ticks: scale.ticks().filter((value) => Number.isInteger(Math.log10(value))) };
}

/** Columns with values, each run of neighbors by itself: where nothing was measured, there is a gap. */
function runsOf(columns: readonly Column[], axis: TimeAxis): readonly (readonly Point[])[] {
  const runs: Point[][] = [];
  let end = Number.NaN;
  for (const { at, to, isCut = false, min, median, max } of columns) {
    if (min === undefined || median === undefined || max === undefined) continue;
    if (at !== end) runs.push([]);
    const last = runs.at(-1)?.at(-1);
    // Upright where a fault begins.
    if (isCut && last !== undefined) runs.at(-1)?.push({ ...last, x: stretched(axis.percent(at)) });
    const edges = at === end && !isCut ? [(at + to) / 2] : [at, (at + to) / 2];
    runs.at(-1)?.push(...edges.map((edge) => ({ x: stretched(axis.percent(edge)), min, median, max })));
    end = to;
  }
  return runs;
}

function pathsOf(runs: readonly (readonly Point[])[], y: (value: number) => number): Content {
  const band = area<Point>()
    .x(({ x }) => x)
    .y0(({ min }) => y(min))
    .y1(({ max }) => y(max));
  const median = line<Point>()
    .x(({ x }) => x)
    .y((point) => y(point.median));
  const all = (path: (run: Point[]) => string | null) => drawn(runs.map((run) => path([...run])).join(''));
  return html`<path class="band" d="${all(band)}"/><path class="median" d="${all(median)}"/>`;
}
