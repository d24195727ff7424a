import { visible } from '#core/visible.ts';

/** The ends of lines, and the colours that `paint` makes: all that a terminal is to act on. */
const ours = /(\n|\u001b\[\d{1,3}(?:;\d{1,3})*m)/;

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
