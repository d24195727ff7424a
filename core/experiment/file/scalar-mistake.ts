import { Scalar } from 'yaml';
import { placeholder } from './placeholder.ts';

/** What nobody sees who reviews the file, or sees elsewhere. Emoji may be joined. */
const unseen = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/u;

/** What is wrong with a scalar, whatever is expected in its place. */
export function scalarMistake(
  node: Scalar,
): { readonly expected: string; readonly found: string } | undefined {
  const { value, source = '' } = node;
  if (typeof value === 'number') return numberMistake(node, source);
  if (typeof value !== 'string') return undefined;
  if (unseen.test(value)) {
    return {
      expected: 'expected no control characters, and none that turn the direction of a text',
      found: JSON.stringify(value),
    };
  }
  const [variable] = /\$\{\w*\}?/.exec(value) ?? [];
  if (variable !== undefined) {
    return {
      expected: `expected the value itself: nothing replaces ${variable}`,
      found: JSON.stringify(value),
    };
  }
  if (value.includes(placeholder)) {
    return {
      expected: `expected your own value: ${placeholder} only shows where it goes`,
      found: JSON.stringify(value),
    };
  }
  return undefined;
}

/** YAML 1.1 may read 012345678901 as octal, YAML 1.2 drops the zero: either way, it becomes another account. */
function numberMistake({ type }: Scalar, source: string) {
  if (type !== Scalar.PLAIN) return undefined;
  if (/^\d{12}$/.test(source)) {
    return {
      expected: `expected an account id in quotes, "${source}": without them it is a number`,
      found: source,
    };
  }
  if (!/^0\d+$/.test(source)) return undefined;
  return { expected: `expected ${Number(source)}, or "${source}" if it is text`, found: source };
}
