import type { Completed, CompletedOption } from './completion-spec.ts';

/** Load it after compinit, or put it on the fpath as `_chaos`. zsh completes `./chaos` by its file name. */
export function zshScript(commands: readonly Completed[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(
    ({ name, words, options }) => `        ${name})
          _arguments \\
            ${[...options.map(spec), `'--help[display help for command]'`, `'*:argument:(${words.join(' ')})'`].join(' \\\n            ')}
          ;;`,
  );
  return `#compdef chaos
# zsh completion for ./chaos, written by: ./chaos completion zsh
_chaos() {
  local context state line
  typeset -A opt_args
  local -a commands
  commands=(
${described.join('\n')}
  )
  _arguments -C '--help[display help for command]' '--version[print the version]' '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      case $words[1] in
${cases.join('\n')}
      esac
      ;;
  esac
}
compdef _chaos chaos`;
}

function spec({ flag, summary, takes }: CompletedOption): string {
  const label = `${flag}[${summary.replaceAll(/[[\]\\]/g, '\\$&')}]`;
  if (takes === 'nothing') return quoted(label);
  const action = takes === 'file' ? '_files' : takes === 'other' ? '' : `(${takes.join(' ')})`;
  return quoted(`${label}:${flag.slice(2)}:${action}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
