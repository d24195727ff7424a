import type { ExperimentEvent } from '#core/reports/experiment-report.ts';
import { epochOf } from '../clock.ts';
import { html, type Markup } from '../markup.ts';
import { type Layout, layouts, type TimeAxis, widths } from './time-axis.ts';

/** Of the numbers, in px. */
export const eventsHeight = 20;
/** Of two numbers, in px: closer ones become one label, `2–5`. */
const apart = 30;

interface Numbered {
  readonly number: number;
  readonly is: ExperimentEvent['is'];
  readonly x: number;
}

/** What happened, as lines with the numbers of the timeline. The ribbon has the phases already. */
export function eventLane(
  events: readonly ExperimentEvent[],
  axis: TimeAxis,
  top: number,
  bottom: number,
): Markup {
  const numbered = events.flatMap(({ at, is }, index) => {
    const epoch = epochOf(at);
    if (epoch === undefined || is === 'phase' || is === 'note') return [];
    return epoch < axis.from || epoch > axis.to ? [] : [{ number: index + 1, is, x: axis.percent(epoch) }];
  });
  return html`${layouts.map((layout) => {
    const groups = together(numbered, layout);
    return html`<g class="${layout}">${groups.map((group) => mark(group, top, bottom))}</g>`;
  })}`;
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

function mark(group: readonly Numbered[], top: number, bottom: number): Markup {
  const numbers = group.map(({ number }) => number);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  const x = group[0]?.x ?? 0;
  const text = first === last ? `${first}` : `${first}–${last}`;
  const isGrave = group.some(({ is }) => is === 'stop' || is === 'alarm' || is === 'problem');
  const anchor = x < 3 ? 'start' : x > 97 ? 'end' : 'middle';
  return html`<line class="event${isGrave ? ' grave' : ''}" x1="${x}%" x2="${x}%" y1="${top + 15}" y2="${bottom}"/><text class="number ${anchor}" x="${x}%" y="${top + 12}">${text}</text>`;
}
