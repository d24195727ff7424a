import { actionLines } from '#core/messages/actions.ts';
import type { Digest } from '#core/messages/digest.ts';
import { type Limits, type Tone, titleText, type Section as ViewSection } from '#core/messages/section.ts';
import { grouped, maxText, oneLine } from '#core/util/format.ts';
import type { Paint, Style } from '../terminal/terminal.ts';

/** More entries than this would scroll away unread. */
export const maxListed = 40;

const rest = '; --json prints all there are';
/** Strikes are always listed whole. */
export const terminalLimits: Limits = { strikes: Number.POSITIVE_INFINITY, failures: 200, spared: 200, rest };

/** Lines that belong together; empty if there is nothing to show. */
export type Section = readonly string[];

export const styles: Readonly<Record<Tone, Style[]>> = {
  alarm: ['bold', 'inverse', 'red'],
  bad: ['bold', 'red'],
  warn: ['bold', 'yellow'],
  good: ['bold', 'green'],
  info: ['bold', 'cyan'],
  plain: ['bold'],
};

/** A digest for a terminal. Totals come last, where users look first. */
export function digestText(badge: string, digest: Digest, paint: Paint): string {
  const { headline, notes, sections, actions, footer } = digest;
  const [sums = '', ...about] = footer;
  return paragraphs([
    [
      // The badge already says that it is leashed.
      `${badge} ${paint('bold', line(headline).replace(/^LEASHED: chaos/, 'Chaos'))}`,
      ...notes.map(({ text, tone }) => (tone === 'plain' ? text : paint(styles[tone], text))),
    ],
    ...sections.map((section) => sectionLines(section, paint)),
    ...actions.map((action) => {
      const [title = '', ...commands] = actionLines(action);
      return [paint('bold', title), ...commands];
    }),
    [paint('bold', sums), ...about.map((text) => paint('dim', text))],
  ]);
}

export function badgeText(mode: 'live' | 'leashed', paint: Paint): string {
  return mode === 'live'
    ? paint(['bold', 'inverse', 'red'], ' LIVE ')
    : paint(['bold', 'inverse', 'cyan'], ' LEASHED ');
}

export function sectionLines(section: ViewSection, paint: Paint): Section {
  const { tone, parts } = section;
  return [
    paint(styles[tone], titleText(section)),
    ...parts.flatMap(({ heading, entries, more }) => {
      const indent = heading === undefined ? '  ' : '    ';
      return [
        ...(heading === undefined ? [] : [`  ${paint(styles[tone], heading)}`]),
        ...rows(entries, indent),
        ...(more === undefined ? [] : [`${indent}${more}`]),
      ];
    }),
  ];
}

/** The lines under a title; nothing if there are none. */
export function titled(title: string, lines: Section): Section {
  return lines.length === 0 ? [] : [title, ...lines];
}

/** Sections with an empty line between them. */
export function paragraphs(sections: readonly Section[]): string {
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The first rows of two columns, and how many were left out. */
export function table(pairs: readonly (readonly [string, string])[]): Section {
  const listed = pairs.slice(0, maxListed).map(([left, right]) => ({ name: line(left), text: line(right) }));
  return [...rows(listed, '  '), ...more(pairs.length - listed.length)];
}

interface Row {
  readonly name: string;
  readonly text: string;
  readonly details?: readonly string[];
}

function rows(entries: readonly Row[], indent: string): Section {
  const width = entries.reduce((widest, { name }) => Math.max(widest, name.length), 0);
  const column = width === 0 ? 0 : width + 2;
  return entries.flatMap(({ name, text, details = [] }) => {
    const [first = '', ...instances] = instanceLines(text);
    return [
      `${indent}${name.padEnd(column)}${first}`.trimEnd(),
      ...instances.map((instance) => `${indent}${' '.repeat(column)}${instance}`),
      ...details.map((detail) => `${indent}  ${detail}`),
    ];
  });
}

/** Entries about several instances, one per line. */
function instanceLines(text: string): readonly string[] {
  return text.split(/(?<=[:;]) (?=i-[0-9a-f]{8,}\b)/);
}

/** How many were left out. */
export function more(count: number): Section {
  return count > 0 ? [`  and ${grouped(count)} more${rest}`] : [];
}

/** Names and texts come from outside: removes line breaks and terminal control sequences. */
export function line(text: string): string {
  return oneLine(text, maxText);
}
