import { isScalar, LineCounter, parseDocument, Scalar, visit } from 'yaml';
import { messageOf } from '#core/util/error-text.ts';
import { InvalidInput, type Mistake } from '#core/util/parse.ts';

/**
 * Parses YAML 1.2 strictly: a duplicate key, an unknown tag, or a number that may have been meant as an account id or as text is a mistake.
 * Throws `InvalidInput`, naming lines.
 */
export function parseYaml(text: string, what: string): unknown {
  const { document, mistakes, lineAt } = parseDocumentStrictly(text);
  visit(document, {
    Scalar: (_, node) => {
      const mistake = numberMistake(node);
      if (mistake !== undefined) mistakes.push({ path: lineAt(node.range?.[0] ?? 0), ...mistake });
    },
  });
  if (mistakes.length > 0) throw new InvalidInput(what, mistakes);
  try {
    return document.toJS() ?? undefined;
  } catch (error) {
    // An alias without an anchor, or more aliases than would fit into memory.
    throw new InvalidInput(what, [{ path: '(root)', expected: messageOf(error), found: 'an alias' }]);
  }
}

/** Parses JSON. A duplicate key, which JSON.parse would accept, is a mistake too. Throws `InvalidInput`. */
export function parseJson(text: string, what: string): unknown {
  const clean = text.replace(/^\uFEFF/, '');
  if (clean.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(clean);
  } catch (error) {
    throw new InvalidInput(what, [jsonMistake(messageOf(error), clean)]);
  }
  // JSON is valid YAML 1.2, whose parser detects duplicate keys.
  const duplicates = parseDocumentStrictly(clean).mistakes.filter(({ expected }) => expected === keyOnce);
  if (duplicates.length > 0) throw new InvalidInput(what, duplicates);
  return value;
}

const keyOnce = 'expected each key once';

function parseDocumentStrictly(text: string) {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    // Overrides a %YAML directive: in 1.1, `no` is a boolean and 09:00 a number.
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
  });
  const lineAt = (offset: number) => `line ${lineCounter.linePos(offset).line}`;
  const mistakes = [...document.errors, ...document.warnings].map(({ code, message, pos }): Mistake => {
    const path = lineAt(pos[0]);
    return code === 'DUPLICATE_KEY'
      ? { path, expected: keyOnce, found: JSON.stringify(wordAt(text, pos[0])) }
      : { path, expected: message, found: JSON.stringify(lineAtOffset(text, pos[0])) };
  });
  return { document, mistakes, lineAt };
}

/** YAML 1.1 may read 012345678901 as octal, YAML 1.2 drops the zero: either way, it becomes another account. */
function numberMistake(node: unknown): Omit<Mistake, 'path'> | undefined {
  if (!isScalar(node) || node.type !== Scalar.PLAIN || typeof node.value !== 'number') return undefined;
  const { source = '' } = node;
  if (/^\d{12}$/.test(source)) {
    return { expected: `YAML reads this as a number: write "${source}", with quotes`, found: source };
  }
  if (!/^0\d+$/.test(source)) return undefined;
  return { expected: `write ${Number(source)}, or "${source}" if it is text`, found: source };
}

function jsonMistake(message: string, text: string): Mistake {
  const lines = text.trimEnd().split('\n');
  const [, line] = /\(line (\d+) column \d+\)/.exec(message) ?? [];
  const at = line === undefined ? findUnexpectedLine(lines) : Number(line);
  return {
    path: `line ${at}`,
    expected: message.replace(/ in JSON at position .*$/, '').replace(/, .* is not valid JSON$/s, ''),
    found: JSON.stringify((lines[at - 1] ?? '').trim().slice(0, 60)),
  };
}

/**
 * V8 names no line for an unexpected token or a premature end. An unexpected token stays one in any text that contains what is
 * before it, so its line can be searched for by halves; without one, it is the last line.
 */
function findUnexpectedLine(lines: readonly string[]): number {
  let [before, at] = [0, lines.length];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (hasUnexpectedToken(`${lines.slice(0, middle).join('\n')}\n`)) at = middle;
    else before = middle;
  }
  return at;
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return messageOf(error).startsWith('Unexpected token');
  }
}

function wordAt(text: string, offset: number): string {
  return /^["']?([^"':\s]+)/.exec(text.slice(offset))?.[1] ?? '';
}

function lineAtOffset(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start).split('\n', 1)[0]?.trim().slice(0, 60) ?? '';
}
