import { counted, grouped, tally } from '../util/format.ts';

/** How good or bad the news is; a terminal has a color for each. */
export type Tone = 'alarm' | 'bad' | 'warn' | 'good' | 'info' | 'plain';

/** One kind of thing that happened. */
export interface Section {
  readonly title: string;
  /** How many there are, listed or not. */
  readonly count: number;
  /** What is counted, if the title does not say so. */
  readonly unit?: string;
  readonly tone: Tone;
  readonly parts: readonly Part[];
}
export interface Part {
  /** What the entries have in common, and how many there are: `not-drawn (30)`. */
  readonly heading?: string;
  readonly entries: readonly Entry[];
  /** What the entries leave out. */
  readonly more?: string;
}
export interface Entry {
  /** An id, a key or a place; empty if it concerns none in particular. */
  readonly name: string;
  readonly text: string;
  readonly details: readonly string[];
}

/** How many entries are listed. Counts are always complete. */
export interface Limits {
  /** In each section of strikes or recoveries. */
  readonly strikes: number;
  readonly failures: number;
  /** Default: spared groups are only counted, by reason. */
  readonly spared?: number;
  /** Appended to `and 5 more`, if a reader can get them all. */
  readonly rest?: string;
}

/** Things that have something in common. */
export interface Kind<Item> {
  readonly name: string;
  readonly count: number;
  /** The count in words, if a number is not enough. */
  readonly size?: string;
  /** Those that are known. */
  readonly items: readonly Item[];
}

/** The first `limit` of `count` things. */
export function listed<Item>(
  items: readonly Item[],
  entryOf: (item: Item) => Entry,
  count: number,
  limit: number,
  rest = '',
): readonly Part[] {
  const entries = items.slice(0, limit).map(entryOf);
  return [{ entries, ...moreOf(count - entries.length, rest) }];
}

/**
 * Things by kind, `limit` in all: the first of each kind before any second, so a thousand similar failures do not hide a
 * different one. Kinds without a listed entry are counted. `missing`: how many things of unknown kind there are.
 */
export function listedByKind<Item>(
  kinds: readonly Kind<Item>[],
  entryOf: (item: Item) => Entry,
  { limit, missing = 0, rest = '' }: { limit: number; missing?: number; rest?: string | undefined },
): readonly Part[] {
  const turns = kinds.flatMap((kind) => kind.items.map((_, turn) => ({ kind, turn })));
  const shown = Map.groupBy(turns.sort((a, b) => a.turn - b.turn).slice(0, limit), ({ kind }) => kind);
  const sorted = kinds.toSorted((a, b) => b.count - a.count);
  const others = sorted.filter((kind) => !shown.has(kind));
  const counts = tally(others.map(({ name, count }) => [name, count] as const));
  const unseen = [counts, moreText(missing, rest)].filter((text) => text !== '').join(', ');
  return [
    ...sorted
      .filter((kind) => shown.has(kind))
      .map((kind) => {
        const entries = kind.items.slice(0, shown.get(kind)?.length).map(entryOf);
        const heading = `${kind.name} (${kind.size ?? grouped(kind.count)})`;
        return { heading, entries, ...moreOf(kind.count - entries.length, rest) };
      }),
    ...(unseen === '' ? [] : [{ entries: [], more: unseen }]),
  ];
}

/** `Struck: 2 targets`. */
export function titleText({ title, count, unit }: Section): string {
  return `${title}: ${unit === undefined ? grouped(count) : counted(count, unit)}`;
}

/** The text below the title. */
export function plainLines({ parts }: Section): readonly string[] {
  return parts.flatMap(({ heading, entries, more }) => [
    ...(heading === undefined ? [] : [`${heading}:`]),
    ...entries.flatMap((entry) => [`- ${entryText(entry)}`, ...entry.details.map((text) => `  ${text}`)]),
    ...(more === undefined ? [] : [`- ${more}`]),
  ]);
}

export function entryText({ name, text }: Entry): string {
  return [name, text].filter((part) => part !== '').join(': ');
}

function moreOf(count: number, rest: string): Pick<Part, 'more'> {
  return count > 0 ? { more: moreText(count, rest) } : {};
}

function moreText(count: number, rest: string): string {
  return count > 0 ? `and ${grouped(count)} more${rest}` : '';
}
