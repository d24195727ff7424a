import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Mistake } from '../../util/invalid-input.ts';
import { orNearest } from '../../util/nearest.ts';
import { InvalidInput } from '../../util/parse.ts';
import { pathText } from '../../util/to-invalid-input.ts';
import { strictly } from './read-yaml.ts';

/**
 * Puts other values into the text of an experiment, each in the place of one that it has: `steadyState.probes.page.every=1s`. An entry
 * of a list goes by its name or its place, from 0. Nothing else of the text changes, so that what is wrong with it keeps its line. What
 * is no YAML stays as it is: whoever reads it says why. Throws `InvalidInput`.
 */
export function setValues(text: string, settings: readonly string[]): string {
  return settings.reduce(setValue, text);
}

function setValue(text: string, setting: string): string {
  const equals = setting.indexOf('=');
  if (equals === -1)
    throw refusal(setting, { path: '(root)', expected: 'expected PATH=VALUE', found: 'no =' });
  const path = setting.slice(0, equals);
  const value = scalarText(path, setting.slice(equals + 1));
  const document = parseDocument(text, strictly);
  if (document.errors.length > 0) return text;
  const [start, end] = rangeAt(path, document.contents);
  // Blocks end with the line after them.
  const old = text.slice(start, end).trimEnd();
  // `owner:` has its value, which is null, where the colon ends.
  const space = old === '' && !/\s/.test(text.charAt(start - 1)) ? ' ' : '';
  return `${text.slice(0, start)}${space}${value}${text.slice(start + old.length)}`;
}

/** Texts are quoted, so that they are good in any place; anything else is as it was written. */
function scalarText(path: string, given: string): string {
  const { contents, errors } = parseDocument(given, strictly);
  const [start, end] = contents?.range ?? [0, 0];
  // What YAML takes for a comment was most likely meant.
  const isWhole = given.slice(0, start).trim() === '' && given.slice(end).trim() === '';
  if (errors.length > 0 || !isWhole || !(contents === null || isScalar(contents))) {
    const expected = `expected one value; a text that YAML takes for more is quoted: '${path}="..."'`;
    throw refusal(path, { path, expected, found: JSON.stringify(given) });
  }
  return typeof contents?.value === 'string' ? JSON.stringify(contents.value) : (contents?.source ?? 'null');
}

function rangeAt(wanted: string, root: Node | null): readonly [number, number] {
  let node = root;
  let left = wanted;
  const path: PropertyKey[] = [];
  do {
    const entries = entriesOf(node);
    const found = firstOf(left, entries);
    if (found === undefined) throw refusal(wanted, notThere(path, left, entries));
    path.push(found.key);
    node = found.value;
    left = left.slice(found.name.length).replace(/^\./, '');
  } while (left !== '');
  if (node?.range == null) throw refusal(wanted, notThere(path, left, []));
  return [node.range[0], node.range[1]];
}

/** What a path may go on with. */
interface Entry {
  readonly key: PropertyKey;
  /** The first is how people call it. */
  readonly names: readonly [string, ...string[]];
  readonly value: Node | null;
}

function entriesOf(node: Node | null): readonly Entry[] {
  if (isMap<Node, Node | null>(node)) {
    return node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      return { key: name, names: [name], value };
    });
  }
  if (!isSeq<Node | null>(node)) return [];
  return node.items.map((value, key) => {
    const places = [String(key), `[${key}]`] as const;
    const name = isMap(value) ? value.get('name') : undefined;
    return { key, names: typeof name === 'string' ? [name, ...places] : places, value };
  });
}

/** The longest that the path begins with: a key may have dots in it, as those of tags do. */
function firstOf(path: string, entries: readonly Entry[]): (Entry & { readonly name: string }) | undefined {
  return entries
    .flatMap((entry) => entry.names.map((name) => ({ ...entry, name })))
    .filter(({ name }) => path.startsWith(name) && /^(?:$|[.[])/.test(path.slice(name.length)))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
}

function notThere(path: readonly PropertyKey[], left: string, entries: readonly Entry[]): Mistake {
  const names = entries.map(({ names: [name] }) => name);
  const [word = ''] = left.split('.');
  const expected =
    names.length === 0
      ? 'expected no more: nothing is below it'
      : `expected what is there: ${names.join(', ')}${orNearest(word, names)}`;
  return { path: pathText(path), expected, found: JSON.stringify(left) };
}

function refusal(path: string, mistake: Mistake): InvalidInput {
  return new InvalidInput(`--set ${path}`, [mistake]);
}
