import {
  type DocumentOptions,
  LineCounter,
  type ParseOptions,
  parseDocument,
  type SchemaOptions,
  type YAMLError,
} from 'yaml';
import type { Mistake, Place } from '../../util/invalid-input.ts';
import { pathText } from '../../util/to-invalid-input.ts';
import { lessDeep, noAliases, partsOf } from './yaml-parts.ts';

/** A longer file is not read: it has to fit into the event of an invocation. */
export const mostCharacters = 100_000;

export const strictly = {
  // Overrides a %YAML directive: in 1.1, `no` is a boolean and 09:00 a number.
  version: '1.2',
  schema: 'core',
  strict: true,
  stringKeys: true,
  prettyErrors: false,
  // Looked for in its parts, as the parser compares each key with all before it: 60,000 keys take it minutes.
  uniqueKeys: false,
} as const satisfies ParseOptions & DocumentOptions & SchemaOptions;

export interface YamlText {
  /** Undefined where the text is no YAML. */
  readonly value: unknown;
  /** Whatever the value should have been. */
  readonly mistakes: readonly Mistake[];
  /** Where a key or an entry begins; of one that is not there, where the closest around it does. */
  placeOf(path: readonly PropertyKey[]): Place | undefined;
}

/**
 * Reads one document of YAML 1.2, of which JSON is a part, strictly: no duplicate keys, tags, anchors or aliases, and no variables. An
 * experiment is reviewed by people: it means what it seems to say.
 */
export function readYaml(text: string): YamlText {
  const tooLong = lengthMistake(text);
  if (tooLong !== undefined) return { value: undefined, mistakes: [tooLong], placeOf: () => undefined };
  const lost = encodingMistake(text);
  if (lost !== undefined) return { value: undefined, mistakes: [lost], placeOf: () => undefined };
  const lines = new LineCounter();
  const document = parseDocument(text, { ...strictly, lineCounter: lines });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const parts = [...partsOf(document.contents)];
  const places = new Map(parts.map(({ path, offset }) => [JSON.stringify(path), offset]));
  const placeOf = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const offset = places.get(JSON.stringify(path.slice(0, length)));
      if (offset !== undefined) return placeAt(offset);
    }
    return undefined;
  };
  const errors = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  const [error] = errors;
  // What follows the first is mostly its consequence.
  if (error !== undefined) {
    const path = parts.findLast(({ offset }) => offset < error.pos[0])?.path ?? [];
    const mistake = { path: pathText(path), ...syntaxMistake(error, text), at: placeAt(error.pos[0]) };
    return { value: undefined, mistakes: [mistake], placeOf };
  }
  const mistakes = parts.flatMap(({ path, offset, mistake }) =>
    mistake === undefined ? [] : [{ path: pathText(path), ...mistake, at: placeAt(offset) }],
  );
  const readable = !mistakes.some(({ expected }) => [noAliases, lessDeep].includes(expected));
  return { value: readable ? document.toJS() : undefined, mistakes, placeOf };
}

export function lengthMistake({ length }: string): Mistake | undefined {
  if (length <= mostCharacters) return undefined;
  return { path: '(root)', expected: `expected at most ${mostCharacters} characters`, found: `${length}` };
}

/** Whoever has read the file as UTF-8 has put these in place of what is none. */
function encodingMistake(text: string): Mistake | undefined {
  const at = text.search(/[\ufffd\0]/);
  if (at === -1) return undefined;
  const before = text.slice(0, at).split('\n');
  return {
    path: '(root)',
    expected: 'expected a text in UTF-8, without null characters: save the file as UTF-8',
    found: JSON.stringify(text.split('\n')[before.length - 1]?.trim().slice(0, 60) ?? ''),
    at: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
  };
}

function syntaxMistake({ code, message, pos }: YAMLError, text: string): Omit<Mistake, 'path'> {
  const start = text.lastIndexOf('\n', pos[0] - 1) + 1;
  const line = text.slice(start).split('\n', 1)[0] ?? '';
  return { expected: adviceFor(code, message, line), found: JSON.stringify(line.trim().slice(0, 60)) };
}

/** The parser's own words, where they help. */
function adviceFor(code: YAMLError['code'], message: string, line: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'expected spaces: YAML takes no tabs as indentation';
    case 'RESOURCE_EXHAUSTION':
      return lessDeep;
    case 'MULTIPLE_DOCS':
      return 'expected one document';
    case 'BAD_ALIAS':
      return 'expected quotes around a text that begins with *';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'expected quotes around a text that contains ": "';
    case 'UNEXPECTED_TOKEN':
      return line.includes('${')
        ? 'expected the value itself: nothing replaces variables'
        : 'expected quotes around a text that contains brackets or braces';
  }
  return `expected YAML: ${message}`;
}
