import { type Content, html, type Markup } from '../markup.ts';

/** The width of drawings in their own units: they are stretched to that of the screen, and their lines keep their own. */
export const stretchedWidth = 2_000;

/** A strip of a chart with an axis of its own. */
export interface Panel {
  readonly title: string;
  readonly height: number;
  readonly ticks: readonly PanelTick[];
  /** Paths in units of `stretchedWidth` and of px from its top. */
  readonly paths: Content;
  /** What must not be stretched, with x in percent: lines with labels, and marks. */
  readonly marks: Content;
}

export interface PanelTick {
  readonly y: number;
  readonly text: string;
}

/** Of the title above a panel, in px. */
export const titleHeight = 20;

export function panelMarkup({ title, height, ticks, paths, marks }: Panel, top: number): Markup {
  return html`<svg y="${top}" height="${height + titleHeight}" class="panel">
    <text class="caption" y="12">${title}</text>
    <svg y="${titleHeight}" height="${height}" class="panel">
      ${ticks.map(
        ({ y, text }) => html`
          <line class="grid" x2="100%" y1="${y}" y2="${y}"/>
          <text class="end soft" x="-8" y="${y + 4}">${text}</text>`,
      )}
      <svg viewBox="0 0 ${stretchedWidth} ${height}" preserveAspectRatio="none" height="${height}">${paths}</svg>
      ${marks}
    </svg>
  </svg>`;
}

/** A dashed line across the panel, with what it means above its left end, where the baseline is and few marks are, or below where there is no room. */
export function boundLine(y: number, text?: string): Markup {
  const label =
    text === undefined ? undefined : html`<text class="halo" y="${y < 14 ? y + 13 : y - 5}">${text}</text>`;
  return html`<line class="bound" x2="100%" y1="${y}" y2="${y}"/>${label}`;
}

/** In the units of drawings. */
export function stretched(percent: number): number {
  return Math.round((percent / 100) * stretchedWidth);
}

/** Pixels with one decimal: more would only make the page larger. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}
