import { shareText } from '#core/experiment/wording/numbers.ts';
import type { ProbeResult } from '#core/reports/experiment-report.ts';
import { drawn, html } from '../markup.ts';
import type { Column } from './columns.ts';
import { boundLine, type Panel, px, stretched } from './panel.ts';
import type { TimeAxis } from './time-axis.ts';

/** A single bad sample must be seen: the least width, in units of the drawing, and height, in px. */
const least = { width: 10, height: 3 };

/** Which share of the samples was bad in each column, from the foot up, and which could not be measured, from the top down. */
export function sharePanel(
  { tolerance }: ProbeResult,
  columns: readonly Column[],
  axis: TimeAxis,
  height: number,
): Panel {
  const bars = (key: 'bad' | 'unmeasured', fromTop: boolean) =>
    drawn(
      columns
        .filter((column) => column[key] > 0)
        .map((column) => {
          const [from, to] = [stretched(axis.percent(column.at)), stretched(axis.percent(column.to))];
          const share = column[key] / (column.good + column.bad + column.unmeasured);
          const high = px(Math.max(least.height, share * height));
          return `M${from} ${fromTop ? 0 : px(height - high)}h${Math.max(least.width, to - from)}v${high}H${from}z`;
        })
        .join(''),
    );
  const allowed =
    tolerance !== undefined && 'bad' in tolerance ? Math.min(1, Math.max(0, tolerance.bad)) : undefined;
  return {
    title:
      allowed === undefined ? 'Share of bad samples' : `Share of bad samples, ${shareText(allowed)} allowed`,
    height,
    ticks: [
      { y: 4, text: '100 %' },
      { y: height, text: '0' },
    ],
    paths: html`<path class="unmeasured" d="${bars('unmeasured', true)}"/><path class="bad-share" d="${bars('bad', false)}"/>`,
    marks: allowed === undefined ? undefined : boundLine(px(height * (1 - allowed))),
  };
}
