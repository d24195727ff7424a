import type { Completed, CompletedOption } from './completion-spec.ts';

/** fish completes `./chaos` by its file name. */
export function fishScript(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, summary, words, options }) => [
    `complete -c chaos -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...words.map((word) => `complete -c chaos -n ${seen(name)} -a ${word}`),
    ...options.map(
      (option) =>
        `complete -c chaos -n ${seen(name)} -l ${option.flag.slice(2)}${value(option)} -d ${quoted(option.summary)}`,
    ),
  ]);
  return `# fish completion for ./chaos, written by: ./chaos completion fish
complete -c chaos -f
complete -c chaos -n __fish_use_subcommand -l version -d 'print the version'
complete -c chaos -l help -d 'display help for command'
${lines.join('\n')}`;
}

function seen(name: string): string {
  return `'__fish_seen_subcommand_from ${name}'`;
}

function value({ takes }: CompletedOption): string {
  if (takes === 'nothing') return '';
  if (takes === 'file') return ' -r -F';
  return takes === 'other' ? ' -x' : ` -x -a '${takes.join(' ')}'`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
