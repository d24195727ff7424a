import { scaleUtc } from 'd3-scale';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { type Clock, epochOf } from '../clock.ts';
import { html, type Markup } from '../markup.ts';

/** The time that all charts of a page share. */
export interface TimeAxis {
  readonly from: number;
  readonly to: number;
  /** Percent of the chart's width at an epoch ms, within 0 and 100, with two decimals. */
  percent(at: number): number;
  readonly ticks: Readonly<Record<Layout, readonly Date[]>>;
}

/** Charts have labels for wide and for narrow screens; styles show those that fit. */
export const layouts = ['wide', 'narrow'] as const;
export type Layout = (typeof layouts)[number];

/** Of a chart, in px: for `narrow` on a phone of 390 px. */
export const widths: Readonly<Record<Layout, number>> = { wide: 720, narrow: 270 };

/** From the first thing that was done, waiting left out, to the last. */
export function timeAxisOf({ phases, probes, startedAt, endedAt }: ExperimentReport): TimeAxis {
  const active = phases.filter(({ is }) => is !== 'wait');
  const [begun, ended] = [
    epochOf(active[0]?.from ?? startedAt) ?? 0,
    epochOf(active.at(-1)?.to ?? endedAt) ?? 0,
  ];
  const [starts, ends] = [
    probes.flatMap(({ bins }) => bins[0]?.at ?? []),
    probes.flatMap(({ bins, binMs }) => (bins.at(-1)?.at ?? Number.NaN) + binMs),
  ];
  const from = Math.min(begun, ...starts);
  const to = Math.max(from + 1_000, ended, ...ends.filter((end) => !Number.isNaN(end)));
  const scale = scaleUtc().domain([from, to]).range([0, 100]).clamp(true);
  return {
    ...{ from, to },
    percent: (at) => Math.round(scale(at) * 100) / 100,
    ticks: { wide: scale.ticks(8), narrow: scale.ticks(4) },
  };
}

/** The ticks, with local time and below it UTC. */
export function axisLabels(axis: TimeAxis, clock: Clock, top: number): Markup {
  const isUtc = clock.timeZone === 'UTC';
  return html`<g class="axis"><text x="-8" y="${top}" class="end">${isUtc ? 'UTC' : 'local'}</text>${
    isUtc ? undefined : html`<text x="-8" y="${top + 15}" class="end soft">UTC</text>`
  }${layouts.map(
    (layout) =>
      html`<g class="${layout}">${axis.ticks[layout].map((tick) => tickLabel(tick.getTime(), axis, layout, clock, top))}</g>`,
  )}</g>`;
}

function tickLabel(at: number, axis: TimeAxis, layout: Layout, clock: Clock, top: number): Markup {
  const [first, second] = axis.ticks[layout];
  const stepMs = first === undefined || second === undefined ? 60_000 : second.getTime() - first.getTime();
  const parts = { seconds: stepMs % 60_000 !== 0, weekday: axis.to - axis.from >= 20 * 3_600_000 };
  const x = axis.percent(at);
  // A label at the edge would be cut.
  const anchor = x < 4 ? 'start' : x > 96 ? 'end' : 'middle';
  const utc =
    clock.timeZone === 'UTC'
      ? undefined
      : html`<text x="${x}%" y="${top + 15}" class="${anchor} soft">${clock.utc(at, parts)}</text>`;
  return html`<line x1="${x}%" x2="${x}%" y1="${top - 14}" y2="${top - 10}"/><text x="${x}%" y="${top}" class="${anchor}">${clock.local(at, parts)}</text>${utc}`;
}
