import { visible } from './visible.ts';

const maxLength = 80;
/** Deeper values do not help to understand a mistake. */
const maxDepth = 8;

/**
 * Formats an unexpected value as JSON, on one line of at most 80 characters. Accepts anything (values that JSON cannot express,
 * cycles, getters that throw), and reads no more of it than it shows. Never throws.
 */
export function foundText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = visible(textOf(value, maxLength + 1, 0));
  return text.length > maxLength ? `${text.slice(0, maxLength - 3)}...` : text;
}

function textOf(value: unknown, room: number, depth: number): string {
  try {
    if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return 'a function';
    if (typeof value !== 'object' || value === null) return String(value);
    if (depth === maxDepth) return '...';
    if (Array.isArray(value)) {
      return `[${joined(value.keys(), room, (index, left) => textOf(value[index], left, depth + 1))}]`;
    }
    if (value instanceof Date) return JSON.stringify(value);
    return `{${joined(keysOf(value), room, (key, left) => `${JSON.stringify(key.slice(0, left))}:${textOf(Reflect.get(value, key), left, depth + 1)}`)}}`;
  } catch {
    return '(cannot be read)';
  }
}

/** As many entries as there is room for, and one more. */
function joined<Key>(keys: Iterable<Key>, room: number, entry: (key: Key, left: number) => string): string {
  let text = '';
  for (const key of keys) {
    if (text.length > room) break;
    text += `${text === '' ? '' : ','}${entry(key, room)}`;
  }
  return text;
}

/** A generator, as there may be a million keys and only the first few are shown. */
function* keysOf(value: object): Generator<string> {
  for (const key in value) {
    if (Object.hasOwn(value, key)) yield key;
  }
}
