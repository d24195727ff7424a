import { visible } from './visible.ts';

/** One mistake in an input: where it is, what was expected there, and what was found. */
export interface Mistake {
  /** Path of the key, as a user would write it: `accounts[3].id`; `(root)` for the whole. */
  readonly path: string;
  readonly expected: string;
  /** The value found, as JSON, truncated to 80 characters; `nothing` if the key is absent. */
  readonly found: string;
  /** For an unknown key: the path that was probably meant. */
  readonly didYouMean?: string;
  /** In a text: where the key, or the entry of a list, begins. */
  readonly at?: Place;
}

/** Both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Nobody reads more of them, and each one is built from untrusted input. */
export const maxMistakes = 20;
const maxPath = 200;
const maxExpected = 1_000;

/** An input from outside (event, configuration, environment, stored record) is not valid. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  /** What was being read: `chaos.config.ts`, `run request`. */
  readonly what: string;
  /** The first mistakes. */
  readonly mistakes: readonly Mistake[];
  /** How many more there are. */
  readonly more: number;

  constructor(
    what: string,
    mistakes: readonly Mistake[],
    { more = 0, cause }: { readonly more?: number; readonly cause?: unknown } = {},
  ) {
    const shown = mistakes.slice(0, maxMistakes).map(cleaned);
    const left = more + mistakes.length - shown.length;
    const lines = [
      `${cut(what, maxPath)} is not valid:`,
      ...shown.map(lineOf),
      ...(left === 0 ? [] : [`  and ${left} more`]),
    ];
    super(lines.join('\n'), { cause });
    this.what = what;
    this.mistakes = shown;
    this.more = left;
  }

  /** The same mistakes, with another name for the input. */
  of(what: string): InvalidInput {
    return new InvalidInput(what, this.mistakes, { more: this.more, cause: this });
  }
}

function lineOf({ path, expected, found, didYouMean, at }: Mistake): string {
  const place = at === undefined ? '' : ` (line ${at.line}, column ${at.column})`;
  const meant = didYouMean === undefined ? '' : `; did you mean ${didYouMean}?`;
  return `  ${path}${place}: ${expected}, found ${found}${meant}`;
}

function cleaned({ path, expected, found, didYouMean, at }: Mistake): Mistake {
  // Callers that know the accepted names append the nearest one: `orNearest`.
  const [, what = expected, near] = /^(.*); did you mean (.*)\?$/s.exec(expected) ?? [];
  const meant = didYouMean ?? near;
  return {
    path: cut(path, maxPath),
    expected: cut(what, maxExpected),
    found: cut(found, maxPath),
    ...(meant !== undefined && { didYouMean: cut(meant, maxPath) }),
    ...(at !== undefined && { at }),
  };
}

function cut(text: string, maxLength: number): string {
  const shown = visible(text.slice(0, maxLength + 1));
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 3)}...` : shown;
}
