import type { ExperimentPhase, ExperimentReport } from '#core/reports/experiment-report.ts';
import { bounds } from '../bounds.ts';
import { epochOf } from '../clock.ts';
import { type Content, html, type Markup } from '../markup.ts';
import { type Layout, layouts, type TimeAxis, widths } from './time-axis.ts';

/** Of the labels with the ribbon below them, in px. */
export const laneHeight = 26;
const labelBaseline = 12;
/** Of a character of a label, in px, at most. */
const characterWidth = 6.4;

const names: Readonly<Record<ExperimentPhase['is'], string>> = {
  baseline: 'Baseline',
  injecting: 'Injecting',
  fault: 'Fault',
  undoing: 'Undoing',
  recovery: 'Recovery',
  pause: 'Pause',
  wait: 'Wait',
};

/** `Fault, stage 2`. */
export function phaseName({ is, stage }: Pick<ExperimentPhase, 'is' | 'stage'>, stages: number): string {
  return stages > 1 ? `${names[is]}, stage ${stage}` : names[is];
}

/** What was going on, as a ribbon above all panels, and faults as shaded windows through them, as high as the viewport: paler while they come and go. */
export function phaseLane({ phases, stages }: ExperimentReport, axis: TimeAxis): Markup {
  const placed = phases.slice(0, bounds.phases).flatMap((phase) => {
    const [from, to] = [epochOf(phase.from), epochOf(phase.to)];
    if (from === undefined || to === undefined || to <= axis.from) return [];
    const x = axis.percent(from);
    return [{ phase, x, width: Math.max(0.2, Math.round((axis.percent(to) - x) * 100) / 100) }];
  });
  return html`
    ${placed.map(({ phase, x, width }) => window(phase, x, width))}
    ${layouts.map(
      (layout) =>
        html`<g class="${layout}">${placed.map(({ phase, x, width }) => label(phase, stages.planned, x, width, layout))}</g>`,
    )}`;
}

function window({ is }: ExperimentPhase, x: number, width: number): Content {
  const at = html`x="${x}%" width="${width}%"`;
  const ribbon = html`<rect class="ribbon ${is}" ${at} y="18" height="5"/>`;
  const shade = html`<rect class="shade ${is}" ${at} y="23" height="100%"/>`;
  if (is === 'injecting' || is === 'undoing') return [shade, ribbon];
  if (is !== 'fault') return ribbon;
  // Not only by its color.
  const hatched = html`<rect fill="url(#hatch)" ${at} y="18" height="5"/>`;
  return [shade, ribbon, hatched];
}

/** The longest name that fits, or none: the ribbon is there all the same. */
function label(phase: ExperimentPhase, stages: number, x: number, width: number, layout: Layout): Content {
  const room = (width / 100) * widths[layout];
  const short = `${names[phase.is]}${stages > 1 ? ` ${phase.stage}` : ''}`;
  const text = [phaseName(phase, stages), short].find((one) => one.length * characterWidth <= room);
  return text === undefined
    ? undefined
    : html`<text class="phase ${phase.is}" x="${x}%" y="${labelBaseline}">${text}</text>`;
}
