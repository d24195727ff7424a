import { evidenceBound, findingText } from '#core/experiment/wording/probe-words.ts';
import type { ExperimentReport, ProbeResult } from '#core/reports/experiment-report.ts';
import { bounds, shareOf } from '../bounds.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup } from '../markup.ts';
import { columnsOf, cutAtFaults } from './columns.ts';
import { eventLane, eventsHeight } from './event-lane.ts';
import { evidencePanel } from './evidence-panel.ts';
import { panelMarkup, titleHeight } from './panel.ts';
import { laneHeight, phaseLane } from './phase-lane.ts';
import { sharePanel } from './share-panel.ts';
import { axisLabels, type TimeAxis } from './time-axis.ts';
import { valuePanel } from './value-panel.ts';

/** Of the share of bad samples in px, below values and without any. */
const shareHeight = { small: 36, large: 64 };
const gap = 12;
const axisHeight = 46;

/** What all charts of a page have in common. */
export interface Charts {
  readonly report: ExperimentReport;
  readonly axis: TimeAxis;
}

/**
 * A probe over time, as wide as the screen allows: positions across are percentages, so that text and marks keep their size, and only
 * lines and areas are stretched.
 */
export function chart({ report, axis }: Charts, probe: ProbeResult, id: string): Markup {
  const count = report.probes.length;
  const most = shareOf(bounds.columns, count);
  const columns = cutAtFaults(columnsOf(probe, most), probe, report.phases);
  const values = valuePanel(probe, columns, axis, shareOf(bounds.marks, count));
  const share = sharePanel(
    probe,
    columns,
    axis,
    values === undefined ? shareHeight.large : shareHeight.small,
  );
  const evidence = evidencePanel(probe, axis, evidenceBound(report), most);
  const panels = [values, share, evidence].filter((panel) => panel !== undefined);
  let bottom = laneHeight + eventsHeight - gap;
  const placed = panels.map((panel) => {
    const top = bottom + gap;
    bottom = top + titleHeight + panel.height;
    return panelMarkup(panel, top);
  });
  return html`<svg class="chart" role="img" aria-labelledby="${id}-title ${id}-text" height="${bottom + axisHeight}">
    <title id="${id}-title">${probe.name} over time</title>
    <desc id="${id}-text">${findingText(probe)} The data is in the table below.</desc>
    <svg class="lanes" height="${bottom}"><use href="#lanes"/></svg>
    ${placed}
    <use href="#times" y="${bottom}"/>
  </svg>`;
}

/** What charts refer to, once in a page. */
export function shapes({ report, axis }: Charts, clock: Clock): Markup {
  return html`<svg class="shapes" aria-hidden="true" width="0" height="0"><defs>
    <path id="bad" class="bad-mark" d="M-3.5-3.5l7 7m0-7l-7 7"/>
    <path id="no-answer" class="no-answer" d="M0-5l4.5 5L0 5l-4.5-5z"/>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="hatch" d="M0 0v6"/>
    </pattern>
    <g id="lanes">${phaseLane(report, axis)}${eventLane(report, axis, laneHeight)}</g>
    <g id="times">${axisLabels(axis, clock)}</g>
  </defs></svg>`;
}
