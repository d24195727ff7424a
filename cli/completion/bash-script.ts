import type { Completed, CompletedOption } from './completion-spec.ts';

/** For bash 3.2, the version on macOS, and later. bash completes `./chaos` by the name after the last slash. */
export function bashScript(commands: readonly Completed[]): string {
  const cases = commands.map(({ name, words, options }) => {
    const all = [...words, ...options.map(({ flag }) => flag), '--help'];
    return `    ${name}) words='${all.join(' ')}' ;;`;
  });
  return `# bash completion for ./chaos, written by: ./chaos completion bash
_chaos_completion() {
  COMPREPLY=()
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      -*) ;;
      *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $command:$previous in
${valueCases(commands)}
  esac
  case $command in
    '') words='${commands.map(({ name }) => name).join(' ')} --help --version' ;;
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _chaos_completion chaos`;
}

/** An option that takes a value must not be completed with options. */
function valueCases(commands: readonly Completed[]): string {
  const cases = commands.flatMap(({ name, options }) =>
    options
      .filter(({ takes }) => takes !== 'nothing')
      .map((option) => `    ${name}:${option.flag}) ${values(option)}; return ;;`),
  );
  return cases.join('\n');
}

function values({ takes }: CompletedOption): string {
  if (takes === 'other' || takes === 'nothing') return 'COMPREPLY=()';
  // bash 3.2 has no compopt, and splits names at spaces.
  if (takes === 'file') return `compopt -o default 2> /dev/null || COMPREPLY=($(compgen -f -- "$current"))`;
  return `COMPREPLY=($(compgen -W '${takes.join(' ')}' -- "$current"))`;
}
