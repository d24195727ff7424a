import { visible } from './visible.ts';

const maxLength = 80;
/** No mistake is understood better by what is deeper. */
const maxDepth = 8;

/**
 * A value that was found where another was expected: as JSON, one line of at most 80 characters. It is given whatever people
 * and programs come up with (values that JSON has no word for, circles, getters that throw), and looks no further into it than
 * it shows. Throws nothing.
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

/** As many of the entries as there is room for, and one more. */
function joined<Key>(keys: Iterable<Key>, room: number, entry: (key: Key, left: number) => string): string {
  let text = '';
  for (const key of keys) {
    if (text.length > room) break;
    text += `${text === '' ? '' : ','}${entry(key, room)}`;
  }
  return text;
}

/** One by one: a list of a million keys is not made to show the first. */
function* keysOf(value: object): Generator<string> {
  for (const key in value) {
    if (Object.hasOwn(value, key)) yield key;
  }
}
