import type { ProbeResult } from '#core/reports/experiment-report.ts';
import { type Content, html } from '../markup.ts';
import type { TimeAxis } from './time-axis.ts';

/** Marks closer than this, in percent of the width and in px, would lie on one another: one of them is drawn. */
const cell = { percent: 0.4, px: 5 };
/** Where those without a value are: at the top, in px. */
const withoutValue = 7;

/** A cross for each bad sample at its value, and a diamond at the top where there was no answer. */
export function badMarks(
  samples: ProbeResult['badSamples'],
  axis: TimeAxis,
  y: (value: number) => number,
  most: number,
): Content {
  const marks = samples.map(({ at, value }) => ({
    x: axis.percent(at),
    y: value === undefined ? withoutValue : Math.round(y(value)),
    href: value === undefined ? '#no-answer' : '#bad',
  }));
  const apart = Map.groupBy(
    marks,
    ({ x, y, href }) => `${Math.round(x / cell.percent)} ${Math.round(y / cell.px)} ${href}`,
  );
  const drawn = [...apart.values()].flatMap(([first]) => first ?? []);
  // Spread over all of them, so that none of the times is left out.
  const every = Math.ceil(drawn.length / most);
  return drawn
    .filter((_, index) => index % every === 0)
    .map(({ x, y, href }) => html`<use href="${href}" x="${x}%" y="${y}"/>`);
}
