/** Longest text that a pattern is tried on: what `isSafePattern` allows takes milliseconds on it, at worst. */
export const maxSubject = 256;
const maxLength = 512;
const maxSteps = 2 * maxSubject ** 2;

/**
 * Whether a regular expression is cheap on any text of `maxSubject` characters. One that backtracks would stop the function, and
 * nothing can interrupt it. Refuses nested quantifiers, look-around and back-references, and whatever could take more than
 * `maxSteps` tries. One that does not begin with `^` is tried at every position.
 */
export function isSafePattern(pattern: string): boolean {
  return areSafePatterns([pattern]);
}

/** Whether all of them are, one after the other on the same text. */
export function areSafePatterns(patterns: readonly string[]): boolean {
  return patterns.reduce((steps, pattern) => steps + triesOf(pattern), 0) <= maxSteps;
}

/** How many ways there are to fail on a text of `maxSubject` characters, at worst; infinite for what may be exponential, or is no pattern. */
export function triesOf(pattern: string): number {
  if (pattern.length > maxLength) return Number.POSITIVE_INFINITY;
  try {
    new RegExp(pattern);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
  const reader = { pattern, at: 0 };
  let steps = 0;
  do {
    if (pattern[reader.at] === '|') reader.at += 1;
    const positions = pattern[reader.at] === '^' ? 1 : maxSubject;
    steps += positions * triesOfSequence(reader);
  } while (pattern[reader.at] === '|');
  return reader.at === pattern.length ? steps : Number.POSITIVE_INFINITY;
}

interface Reader {
  readonly pattern: string;
  at: number;
}

/** Ways to match, from one position: a product over what follows each other, a sum over alternatives. */
function triesOfSequence(reader: Reader): number {
  let product = 1;
  while (reader.at < reader.pattern.length && !/[|)]/.test(reader.pattern[reader.at] ?? '')) {
    product *= triesOfQuantified(reader);
  }
  return product;
}

function triesOfAlternatives(reader: Reader): number {
  let sum = triesOfSequence(reader);
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    sum += triesOfSequence(reader);
  }
  return sum;
}

function triesOfQuantified(reader: Reader): number {
  const once = triesOfAtom(reader);
  const [quantifier] = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(reader.pattern.slice(reader.at)) ?? [];
  if (quantifier === undefined) return once;
  reader.at += quantifier.length;
  if (reader.pattern[reader.at] === '?') reader.at += 1;
  if (quantifier === '?') return once + 1;
  const [, least = 0, most = Number.POSITIVE_INFINITY] = /^\{(\d+)(?:,(\d*))?\}$/.exec(quantifier) ?? [];
  if (once > 1) return Number.POSITIVE_INFINITY;
  // `{3}` has no upper bound of its own; `{3,}` has an empty one.
  if (/^\{\d+\}$/.test(quantifier)) return 1;
  const highest = most === '' ? Number.POSITIVE_INFINITY : Number(most);
  return Math.min(highest - Number(least) + 1, maxSubject);
}

function triesOfAtom(reader: Reader): number {
  const rest = reader.pattern.slice(reader.at);
  if (rest.startsWith('(')) return triesOfGroup(reader, rest);
  if (/^\\[1-9k]/.test(rest)) {
    reader.at += 2;
    return Number.POSITIVE_INFINITY;
  }
  const [atom = ''] = /^(?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[\s\S])/.exec(rest) ?? [];
  reader.at += atom.length;
  return 1;
}

function triesOfGroup(reader: Reader, rest: string): number {
  const [opening = '('] = /^\((?:\?(?::|<[^=!>]*>)?)?/.exec(rest) ?? [];
  reader.at += opening.length;
  const inner = triesOfAlternatives(reader);
  if (reader.pattern[reader.at] === ')') reader.at += 1;
  // What is left of `(?=` and its like.
  return opening === '(?' ? Number.POSITIVE_INFINITY : inner;
}
