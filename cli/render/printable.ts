import { visible } from '#core/util/visible.ts';

const esc = String.fromCharCode(27);
/** The ends of lines, tabs, and the colors that `paint` makes: all that a terminal is to act on. */
const ours = new RegExp(`([\\n\\t]|${esc}\\[\\d{1,3}(?:;\\d{1,3})*m)`);

/**
 * What is about to be printed, with whatever else a terminal would act on spelled out. Names, tags, reasons and errors come
 * from other accounts and other people, and JSON leaves some of it as it is.
 */
export function printable(text: string): string {
  return text
    .split(ours)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join('');
}
