/** Longest text that a pattern is tried on: what `isSafePattern` allows takes milliseconds on it, at worst. */
export const maxSubject = 256;
const maxLength = 512;
const maxSteps = maxSubject ** 2 * 4;

/**
 * Whether a regular expression is cheap on any text of `maxSubject` characters. One that backtracks would stop the function, and
 * nothing can interrupt it. Refuses nested quantifiers, look-around and back-references, and whatever could take more than
 * `maxSteps` tries from one position.
 */
export function isSafePattern(pattern: string): boolean {
  if (pattern.length > maxLength) return false;
  try {
    new RegExp(pattern);
  } catch {
    return false;
  }
  const reader = { pattern, at: 0 };
  const tries = triesOfAlternatives(reader);
  return reader.at === pattern.length && tries <= maxSteps;
}

interface Reader {
  readonly pattern: string;
  at: number;
}

/** Ways to match, from one position: a sum over alternatives, a product over what follows each other. */
function triesOfAlternatives(reader: Reader): number {
  let sum = 0;
  let product = 1;
  while (reader.at < reader.pattern.length && reader.pattern[reader.at] !== ')') {
    if (reader.pattern[reader.at] === '|') {
      reader.at += 1;
      sum += product;
      product = 1;
    } else {
      product *= triesOfQuantified(reader);
    }
  }
  return sum + product;
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
