import type { ExperimentReport, StruckTarget } from '#core/reports/experiment-report.ts';
import { bounds } from '../bounds.ts';
import { type Content, command, html, type Markup } from '../markup.ts';
import { leftOut } from '../table.ts';

/** What to do now. Where something may still be broken, how to undo it comes first. */
export function nextSection({ next, strikes }: ExperimentReport): Content {
  const open = strikes.filter(({ byHand }) => byHand.length > 0);
  if (next.length === 0 && open.length === 0) return undefined;
  const steps = next.slice(0, bounds.next);
  const list =
    steps.length === 0
      ? undefined
      : html`<ol class="next">${steps.map((step) => html`<li>${step}</li>`)}</ol>`;
  return html`<section aria-labelledby="next">
    <h2 id="next">What to do next</h2>
    ${list}
    ${leftOut(next.length, steps.length, 'steps are')}
    ${undoSection(open)}
  </section>`;
}

function undoSection(open: readonly StruckTarget[]): Content {
  if (open.length === 0) return undefined;
  const shown = fitting(open);
  return html`<div class="by-hand">
    <h3>Still in place: undo it by hand</h3>
    <p>With credentials of the account, or with <code>./chaos undo</code>, as said above.</p>
    ${shown.map(oneUndo)}
    ${leftOut(open.length, shown.length, 'targets that are not undone are')}
  </div>`;
}

function oneUndo({ fault, target, undo, byHand }: StruckTarget): Markup {
  const id =
    undo === undefined ? undefined : html` <span class="soft">undo entry <code>${undo}</code></span>`;
  return html`<h4><bdi>${fault.name}</bdi> on <bdi>${target.id}</bdi>${id}</h4>${byHand.map((text) => command(text))}`;
}

/** As many as there is room for, each with all of its commands: half an undo is worse than the way to all of it. */
function fitting(open: readonly StruckTarget[]): readonly StruckTarget[] {
  let room: number = bounds.commands;
  return open.filter(({ byHand }) => {
    const length = byHand.reduce((sum, text) => sum + command(text).html.length, 0);
    if (length > room) return false;
    room -= length;
    return true;
  });
}
