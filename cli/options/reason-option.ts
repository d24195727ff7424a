import { InvalidArgumentError } from 'commander';
import { maxReason, oneLine } from '#core/util/format.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Parses an option that takes a reason. */
export function parseReason(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected a few words.');
  return text;
}

/** Puts a reason on one line. Truncates one that is too long, with a note: nobody should have to retype it in a hurry. */
export function keptReason(
  text: string,
  { terminal }: { readonly terminal: Pick<Terminal, 'note'> },
): string {
  const kept = oneLine(text, maxReason);
  if (kept !== oneLine(text, text.length))
    terminal.note(`The reason was truncated to ${maxReason} characters.`);
  return kept;
}

/** The help text of an option that takes a reason. */
export const reasonHelp = (reader: string) => `for ${reader}, at most ${maxReason} characters`;
