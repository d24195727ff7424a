import type { Tone } from '#core/messages/section.ts';
import { html, type Markup } from './markup.ts';

/** Told apart by shape, so that color is no more than a help. */
const icons: Readonly<Record<Tone, Markup>> = {
  good: html`<circle cx="12" cy="12" r="10"/><path d="M7.5 12.5l3 3 6-6.5"/>`,
  bad: html`<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z"/><path d="M8.5 8.5l7 7m0-7l-7 7"/>`,
  alarm: html`<path d="M12 2.5l10.5 18.5h-21z"/><path d="M12 9v6m0 2.4v.6"/>`,
  warn: html`<path d="M12 1.5l10.5 10.5L12 22.5 1.5 12z"/><path d="M12 7v6.5m0 2.6v.6"/>`,
  info: html`<rect x="2.5" y="2.5" width="19" height="19" rx="3"/><path d="M9.5 8v8m5-8v8"/>`,
  plain: html`<circle cx="12" cy="12" r="10"/><circle cx="12" cy="12" r="2.5"/>`,
};

export function icon(tone: Tone): Markup {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${icons[tone]}</svg>`;
}
