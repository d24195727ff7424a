import { InvalidArgumentError } from 'commander';

/** How long a reason may be, in characters: as much as is shown. */
export const maxReason = 500;

/** For options that are a reason. */
export function aFewWords(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected a few words.');
  if (text.length <= maxReason) return text;
  throw new InvalidArgumentError(`Expected at most ${maxReason} characters, found ${text.length}.`);
}

/** How an option that takes one is explained. */
export const reasonHelp = (reader: string) => `for ${reader}, at most ${maxReason} characters`;
