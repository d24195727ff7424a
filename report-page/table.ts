import { type Content, html, type Markup } from './markup.ts';

export interface Cell {
  readonly content: Content;
  /** Digits below digits. */
  readonly isNumber?: boolean;
}

/**
 * A table that becomes a list of cards on narrow screens. Styles take its rows out of the table then, so their roles are said, or a
 * screen reader would no longer know them.
 */
export function table(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  return html`<table role="table" class="cards"><caption class="unseen">${caption}</caption><thead role="rowgroup"><tr role="row">${headings.map(
    (heading) => html`<th role="columnheader" scope="col">${heading}</th>`,
  )}</tr></thead><tbody role="rowgroup">${rows.map(
    (cells) =>
      html`<tr role="row">${cells.map(
        ({ content, isNumber }, index) =>
          html`<td role="cell" data-label="${headings[index]}"${isNumber === true ? html` class="number"` : undefined}${content === '–' ? html` data-none` : undefined}><div>${content}</div></td>`,
      )}</tr>`,
  )}</tbody></table>`;
}

/** A table of numbers that stays one on narrow screens, in a box that scrolls by itself and by keyboard. */
export function dataTable(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly Content[])[],
): Markup {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="data"><caption>${caption}</caption><thead><tr>${headings.map(
    (heading) => html`<th scope="col">${heading}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((content, index) => (index === 0 ? html`<th scope="row">${content}</th>` : html`<td>${content}</td>`))}</tr>`,
  )}</tbody></table></div>`;
}

/** What a bound has left out of a list. */
export function leftOut(all: number, shown: number, what: string): Content {
  return all > shown
    ? html`<p class="soft">${all - shown} more ${what} in the JSON of this report.</p>`
    : undefined;
}
