import type { Option } from 'commander';

/** A command, as far as it is completed. */
export interface Completed {
  readonly name: string;
  readonly summary: string;
  /** What may stand after it: commands below it, or choices. */
  readonly words: readonly string[];
  readonly options: readonly CompletedOption[];
}

export interface CompletedOption {
  /** `--config`. */
  readonly flag: string;
  readonly summary: string;
  /** What stands after it; `other` is for the user to know. */
  readonly takes: 'nothing' | 'file' | 'other' | readonly string[];
}

export function completedOption(option: Option): CompletedOption {
  const { long, description, argChoices } = option;
  return { flag: long ?? option.flags, summary: description, takes: taken(option, argChoices) };
}

function taken({ flags, required, optional }: Option, choices: readonly string[] | undefined) {
  if (!required && !optional) return 'nothing';
  return choices ?? (/[<[]path[>\]]/.test(flags) ? 'file' : 'other');
}
