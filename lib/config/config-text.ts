import { isScalar, LineCounter, parseDocument, Scalar, visit } from 'yaml';
import { messageOf } from '#core/util/error-text.ts';
import { InvalidInput, type Mistake } from '#core/util/parse.ts';

/**
 * The value of a YAML text. Read strictly, as YAML 1.2 without its liberties: a key that is there twice, a tag that is not known, or a
 * number that may have been meant as an id is a mistake. Throws `InvalidInput`, naming lines.
 */
export function fromYaml(text: string, what: string): unknown {
  const { document, mistakes, lineAt } = documentOf(text);
  visit(document, {
    Scalar: (_, node) => {
      const mistake = idMistake(node);
      if (mistake !== undefined) mistakes.push({ path: lineAt(node.range?.[0] ?? 0), ...mistake });
    },
  });
  if (mistakes.length > 0) throw new InvalidInput(what, mistakes);
  try {
    return document.toJS() ?? undefined;
  } catch (error) {
    // An alias without its anchor, or so many of them that the value would not fit into memory.
    throw new InvalidInput(what, [{ path: '(root)', expected: messageOf(error), found: 'an alias' }]);
  }
}

/** The value of a JSON text. A key that is there twice, of which JSON would take the last, is a mistake as well. Throws `InvalidInput`. */
export function fromJson(text: string, what: string): unknown {
  const clean = text.replace(/^\uFEFF/, '');
  if (clean.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(clean);
  } catch (error) {
    throw new InvalidInput(what, [jsonMistake(messageOf(error), clean)]);
  }
  // JSON is YAML 1.2, whose parser sees both keys.
  const twice = documentOf(clean).mistakes.filter(({ expected }) => expected === keyOnce);
  if (twice.length > 0) throw new InvalidInput(what, twice);
  return value;
}

const keyOnce = 'expected each key once';

function documentOf(text: string) {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    // Whatever a %YAML directive says: in 1.1 `no` is a boolean and 09:00 a number.
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
      : { path, expected: message, found: JSON.stringify(lineOf(text, pos[0])) };
  });
  return { document, mistakes, lineAt };
}

/** YAML 1.1 takes 012345678901 for octal where it can, YAML 1.2 drops the zero: either way it is another account. */
function idMistake(node: unknown): Omit<Mistake, 'path'> | undefined {
  if (!isScalar(node) || node.type !== Scalar.PLAIN || typeof node.value !== 'number') return undefined;
  const { source = '' } = node;
  if (!/^(0\d+|\d{12})$/.test(source)) return undefined;
  return { expected: `to YAML this is a number: write "${source}", in quotes`, found: source };
}

function jsonMistake(message: string, text: string): Mistake {
  const [, line] = /\(line (\d+) column \d+\)/.exec(message) ?? [];
  // Where it is not said, the text ends too early.
  const at = line === undefined ? text.trimEnd().split('\n').length : Number(line);
  return {
    path: `line ${at}`,
    expected: message.replace(/ in JSON at position .*$/, '').replace(/,? ?"?\.\.\..*$/, ''),
    found: JSON.stringify((text.split('\n')[at - 1] ?? '').trim().slice(0, 60)),
  };
}

function wordAt(text: string, offset: number): string {
  return /^["']?([^"':\s]+)/.exec(text.slice(offset))?.[1] ?? '';
}

function lineOf(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start).split('\n', 1)[0]?.trim().slice(0, 60) ?? '';
}
