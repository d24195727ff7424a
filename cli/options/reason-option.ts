import { InvalidArgumentError } from 'commander';
import { maxReason, oneLine } from '#core/util/format.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** For options that are a reason. */
export function parseReason(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected a few words.');
  return text;
}

/** A reason as it is kept, on one line. One that is too long is cut, which is said: nobody should have to type again in a hurry. */
export function keptReason(
  text: string,
  { terminal }: { readonly terminal: Pick<Terminal, 'note'> },
): string {
  const kept = oneLine(text, maxReason);
  if (kept !== oneLine(text, text.length)) terminal.note(`The reason is cut to ${maxReason} characters.`);
  return kept;
}

/** How an option that takes one is explained. */
export const reasonHelp = (reader: string) => `for ${reader}, at most ${maxReason} characters`;
