import { maxText, oneLine } from '#core/util/format.ts';

/** Of a text in lists that may have a hundred. */
const maxBrief = 160;

/** Text that is HTML already. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

export type Content = string | number | Markup | undefined | readonly Content[];

/**
 * HTML or SVG. Whatever is put in is escaped, cleaned and truncated unless it is markup itself, so that nobody can forget to: a title
 * may have 10,000 characters. Undefined and empty lists are nothing.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.reduce((text, part, index) => `${text}${htmlOf(contents[index - 1])}${part}`));
}

/** What we have drawn ourselves, as is: the points of a path. */
export function drawn(points: string | null): Markup {
  return new Markup(points ?? '');
}

/** Somebody's own words, with their line breaks. */
export function paragraphs(text: string, maxLength: number): Content {
  return text
    .slice(0, maxLength)
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => new Markup(`<p>${escaped(oneLine(line, maxLength))}</p>`));
}

/** A text of a long list. */
export function brief(text: string): string {
  return oneLine(text, maxBrief);
}

/** A shell command, whole: a part of a command is none. */
export function command(text: string): Markup {
  return new Markup(`<pre><code>${escaped(oneLine(text, Number.POSITIVE_INFINITY))}</code></pre>`);
}

function htmlOf(content: Content): string {
  if (content instanceof Markup) return content.html;
  if (content === undefined) return '';
  if (typeof content === 'object') return content.map(htmlOf).join('');
  // A number is not to be torn from its sign.
  return escaped(oneLine(String(content), maxText)).replaceAll(' %', '\u00a0%');
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;' },
  ...{ '"': '&quot;', "'": '&#39;' },
};

function escaped(text: string): string {
  return text.toWellFormed().replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
