import { visible } from '#core/util/visible.ts';

const esc = String.fromCharCode(27);
/** Newlines, tabs, and the colors of `paint`: the only control sequences that may reach the terminal. */
const ours = new RegExp(`([\\n\\t]|${esc}\\[\\d{1,3}(?:;\\d{1,3})*m)`);

/**
 * Escapes all other control characters before printing. Names, tags, reasons and errors come from other accounts and other people, and
 * JSON does not escape everything.
 */
export function printable(text: string): string {
  return text
    .split(ours)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join('');
}
