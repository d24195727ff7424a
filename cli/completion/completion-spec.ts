import type { Option } from 'commander';

/** What completion needs to know about a command. */
export interface Completed {
  readonly name: string;
  readonly summary: string;
  /** What may follow it: subcommands or choices. */
  readonly words: readonly string[];
  readonly options: readonly CompletedOption[];
}

export interface CompletedOption {
  /** `--config`. */
  readonly flag: string;
  readonly summary: string;
  /** The kind of value that follows it; `other` cannot be completed. */
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
