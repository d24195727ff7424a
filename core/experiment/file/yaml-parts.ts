import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Mistake } from '../../util/invalid-input.ts';
import { scalarMistake } from './scalar-mistake.ts';

/** Nothing that an experiment says is deeper. */
const maxDepth = 20;

export const noAliases = 'expected no anchors and aliases: write it out';
export const noTags = 'expected no tags: what a value is shows by itself, or by quotes';
export const lessDeep = `expected at most ${maxDepth} levels`;

/** A value in a document. */
export interface Part {
  readonly path: readonly PropertyKey[];
  /** Where its key begins, or it itself where it has none. */
  readonly offset: number;
  readonly mistake?: Omit<Mistake, 'path' | 'at'> | undefined;
}

/** In the order of the text. What repeats a key is there twice, once with that mistake. */
export function* partsOf(
  node: Node | null,
  path: readonly PropertyKey[] = [],
  keyAt?: number,
): Generator<Part> {
  const offset = keyAt ?? node?.range?.[0] ?? 0;
  const mistake = nodeMistake(node, path);
  yield { path, offset, mistake };
  if (mistake !== undefined) return;
  if (isSeq<Node | null>(node)) {
    for (const [index, item] of node.items.entries()) yield* partsOf(item, [...path, index]);
  }
  if (!isMap<Node, Node | null>(node)) return;
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const start = key.range?.[0] ?? offset;
    const there = [...path, name];
    const mistake = markMistake(key);
    if (mistake !== undefined) yield { path: there, offset: start, mistake };
    if (seen.has(name)) {
      yield {
        path: there,
        offset: start,
        mistake: { expected: 'expected each key once', found: 'it again' },
      };
    }
    seen.add(name);
    yield* partsOf(value, there, start);
  }
}

function nodeMistake(node: Node | null, path: readonly PropertyKey[]): Part['mistake'] {
  if (path.length > maxDepth) return { expected: lessDeep, found: 'more' };
  if (isAlias(node)) return { expected: noAliases, found: `*${node.source}` };
  const mark = markMistake(node);
  if (mark !== undefined) return mark;
  return isScalar(node) ? scalarMistake(node) : undefined;
}

/** What a reader may take for a part of the text. */
function markMistake(node: Node | null): Part['mistake'] {
  if (node === null || isAlias(node)) return undefined;
  if (node.anchor !== undefined) return { expected: noAliases, found: `&${node.anchor}` };
  return node.tag === undefined ? undefined : { expected: noTags, found: node.tag };
}
