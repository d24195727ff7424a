import { type ScaleTime, scaleUtc } from 'd3-scale';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { type Clock, type ClockParts, epochOf, lastMoment } from '../clock.ts';
import { html, type Markup } from '../markup.ts';
import { isDrawable } from './columns.ts';

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

/** Of the narrowest chart, in px: on a phone of 320 px, and on a screen of 641 px. */
export const widths: Readonly<Record<Layout, number>> = { wide: 480, narrow: 220 };

/** Of an axis, about, before those that do not fit are left out. */
const mostTicks = 10;
/** Of a label, in px, at most. */
const characterWidth = 6.4;

/** From the first thing that was done, waiting left out, to the last. */
export function timeAxisOf({ phases, probes, startedAt, endedAt }: ExperimentReport): TimeAxis {
  const active = phases.filter(({ is }) => is !== 'wait');
  const bins = probes.flatMap((probe) => {
    const drawable = probe.bins.filter(isDrawable);
    return [drawable.at(0), drawable.at(-1)].flatMap((bin) =>
      bin === undefined ? [] : { ...bin, to: bin.at + probe.binMs },
    );
  });
  const begun = epochOf(active[0]?.from ?? startedAt) ?? 0;
  const ended = epochOf(active.at(-1)?.to ?? endedAt) ?? begun;
  const from = Math.min(begun, ...bins.map(({ at }) => at));
  const to = Math.max(from + 1_000, ended, ...bins.map((bin) => Math.min(bin.to, lastMoment)));
  const scale = scaleUtc().domain([from, to]).range([0, 100]).clamp(true);
  return {
    ...{ from, to },
    percent: (at) => Math.round(scale(at) * 100) / 100,
    ticks: { wide: fittingTicks(scale, 'wide'), narrow: fittingTicks(scale, 'narrow') },
  };
}

/** As many as there is room for: the next coarser ticks of a scale may be five times as far apart. */
function fittingTicks(scale: ScaleTime<number, number>, layout: Layout): readonly Date[] {
  // Labels have no parts of a second: of a short time, they would say the same again and again.
  const ticks = scale.ticks(mostTicks).filter((tick) => Number(tick) % 1_000 === 0);
  const every = Math.ceil((ticks.length * labelWidth(scale, ticks)) / widths[layout]);
  return ticks.filter((_, index) => index % every === 0);
}

function labelWidth(scale: ScaleTime<number, number>, ticks: readonly Date[]): number {
  const { seconds, weekday } = partsOf(scale.domain(), ticks);
  return characterWidth * (5 + (seconds ? 3 : 0) + (weekday === true ? 4 : 0) + 3);
}

/** Seconds where ticks are closer than minutes, days where a time alone could be of two. */
function partsOf(domain: readonly Date[], ticks: readonly Date[]): ClockParts {
  const [[from, to], [first, second]] = [domain, ticks];
  const stepMs = Number(second ?? 0) - Number(first ?? 0);
  return { seconds: stepMs % 60_000 !== 0, weekday: Number(to) - Number(from) >= 20 * 3_600_000 };
}

/** The ticks, with local time and below it UTC, from where the panels end. */
export function axisLabels(axis: TimeAxis, clock: Clock): Markup {
  const isUtc = clock.timeZone === 'UTC';
  return html`<g class="axis">
    <line x2="100%"/>
    <text x="-8" y="20" class="end">${isUtc ? 'UTC' : 'local'}</text>
    ${isUtc ? undefined : html`<text x="-8" y="35" class="end soft">UTC</text>`}
    ${layouts.map((layout) => html`<g class="${layout}">${tickLabels(axis, layout, clock)}</g>`)}
  </g>`;
}

function tickLabels(axis: TimeAxis, layout: Layout, clock: Clock): readonly Markup[] {
  const ticks = axis.ticks[layout];
  const parts = partsOf([new Date(axis.from), new Date(axis.to)], ticks);
  return ticks.map((tick) => {
    const x = axis.percent(Number(tick));
    // A label at the edge would be cut.
    const anchor = x < 4 ? 'start' : x > 96 ? 'end' : 'middle';
    const utc =
      clock.timeZone === 'UTC'
        ? undefined
        : html`<text x="${x}%" y="35" class="${anchor} soft">${clock.utc(Number(tick), parts)}</text>`;
    return html`<line x1="${x}%" x2="${x}%" y2="5"/><text x="${x}%" y="20" class="${anchor}">${clock.local(Number(tick), parts)}</text>${utc}`;
  });
}
