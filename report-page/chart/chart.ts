import { evidenceBound, findingText } from '#core/experiment/wording/probe-words.ts';
import type { ExperimentReport, ProbeResult } from '#core/reports/experiment-report.ts';
import { bounds, shareOf } from '../bounds.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup } from '../markup.ts';
import { columnsOf } from './columns.ts';
import { eventLane, eventsHeight } from './event-lane.ts';
import { evidencePanel } from './evidence-panel.ts';
import { panelMarkup, titleHeight } from './panel.ts';
import { laneHeight, phaseLane } from './phase-lane.ts';
import { sharePanel } from './share-panel.ts';
import { axisLabels, type TimeAxis } from './time-axis.ts';
import { valuePanel } from './value-panel.ts';

/** Of the share of bad samples in px, below values and without any. */
const shareHeight = { small: 36, large: 84 };
const gap = 12;
const axisHeight = 46;

/**
 * A probe over time, as wide as the screen allows: positions across are percentages, so that text and marks keep their size, and only
 * lines and areas are stretched.
 */
export function chart(
  report: ExperimentReport,
  probe: ProbeResult,
  { id, axis, clock }: { readonly id: string; readonly axis: TimeAxis; readonly clock: Clock },
): Markup {
  const count = report.probes.length;
  const most = shareOf(bounds.columns, count);
  const columns = columnsOf(probe, most);
  const values = valuePanel(probe, columns, axis, shareOf(bounds.marks, count));
  const share = sharePanel(
    probe,
    columns,
    axis,
    values === undefined ? shareHeight.large : shareHeight.small,
  );
  const panels = [values, share, evidencePanel(probe, axis, evidenceBound(report), most)].filter(
    (panel) => panel !== undefined,
  );
  const tops: number[] = [];
  let bottom = laneHeight + eventsHeight;
  for (const { height } of panels) {
    tops.push(bottom);
    bottom += titleHeight + height + gap;
  }
  bottom -= gap;
  return html`<svg class="chart" role="img" aria-labelledby="${id}-title ${id}-text" height="${bottom + axisHeight}"><title id="${id}-title">${probe.name} over time</title><desc id="${id}-text">${findingText(probe)} The data is in the table below.</desc>${phaseLane(
    report.phases.slice(0, bounds.phases),
    report.stages.planned,
    axis,
    bottom,
  )}${eventLane(report.events.slice(0, bounds.events), axis, laneHeight, bottom)}${panels.map(
    (panel, index) => panelMarkup(panel, tops[index] ?? 0),
  )}<line class="foot" x2="100%" y1="${bottom}" y2="${bottom}"/>${axisLabels(axis, clock, bottom + 20)}</svg>`;
}

/** Shapes that all charts use, once in a page. */
export const shapes = html`<svg class="shapes" aria-hidden="true" width="0" height="0"><defs><path id="bad" class="bad-mark" d="M-3.5-3.5l7 7m0-7l-7 7"/><path id="no-answer" class="no-answer" d="M0-5l4.5 5L0 5l-4.5-5z"/><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v6"/></pattern></defs></svg>`;
