import type { ExperimentEvent, ExperimentReport } from '#core/reports/experiment-report.ts';
import { bounds } from '../bounds.ts';
import { epochOf } from '../clock.ts';
import { html, type Markup } from '../markup.ts';
import { type Layout, layouts, type TimeAxis, widths } from './time-axis.ts';

/** Of the numbers, in px. */
export const eventsHeight = 20;
/** Of two numbers, in px: closer ones become one label, `2–5`. */
const apart = 30;

/** Of the lines: what ended it stands out. */
const weights: Readonly<Partial<Record<ExperimentEvent['is'], string>>> = {
  ...{ stop: 'grave', alarm: 'grave', problem: 'grave' },
  verdict: 'final',
};

interface Numbered {
  readonly number: number;
  readonly is: ExperimentEvent['is'];
  readonly x: number;
}

/** What happened, as lines through the viewport with the numbers of the timeline. The ribbon has the phases already. */
export function eventLane({ events }: ExperimentReport, axis: TimeAxis, top: number): Markup {
  const numbered = events.slice(0, bounds.events).flatMap(({ at, is }, index) => {
    const epoch = epochOf(at);
    if (epoch === undefined || is === 'phase' || is === 'note') return [];
    return epoch < axis.from || epoch > axis.to ? [] : [{ number: index + 1, is, x: axis.percent(epoch) }];
  });
  const y = html`y1="${top + 15}" y2="100%"`;
  return html`
    ${numbered.map(({ is, x }) => html`<line class="event ${weights[is]}" x1="${x}%" x2="${x}%" ${y}/>`)}
    ${layouts.map((layout) => html`<g class="${layout}">${numbers(numbered, layout, top + 12)}</g>`)}`;
}

function numbers(events: readonly Numbered[], layout: Layout, y: number): readonly Markup[] {
  return together(events, layout).map((group) => {
    const own = group.map(({ number }) => number);
    const [first, last] = [Math.min(...own), Math.max(...own)];
    const x = group[0]?.x ?? 0;
    const anchor = x < 3 ? 'start' : x > 97 ? 'end' : 'middle';
    const text = first === last ? first : `${first}–${last}`;
    return html`<text class="event-number ${anchor}" x="${x}%" y="${y}">${text}</text>`;
  });
}

function together(events: readonly Numbered[], layout: Layout): readonly (readonly Numbered[])[] {
  const groups: Numbered[][] = [];
  const closest = (apart / widths[layout]) * 100;
  for (const event of events.toSorted((a, b) => a.x - b.x)) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && event.x - group[0].x < closest) group.push(event);
    else groups.push([event]);
  }
  return groups;
}
