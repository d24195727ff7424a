import { line } from './layout.ts';

const shown = 5;

/** `a, b, c, d, e and 7 more`. */
export function listFirst(names: readonly string[]): string {
  const rest = names.length - shown;
  return `${names.slice(0, shown).map(line).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
