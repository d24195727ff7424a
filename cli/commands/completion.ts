import { Argument, Command } from 'commander';
import type { CommandEntry } from '../command-entry.ts';
import { type Completed, type CompletedOption, completedOption } from '../completion/completion-spec.ts';
import { completionScripts, type Shell } from '../completion/scripts.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';

const help = `
Save the script where your shell looks for completions, or load it when the shell starts:
  bash  echo 'source <(/PATH/TO/CLONE/chaos completion bash)' >> ~/.bashrc
  zsh   echo 'source <(/PATH/TO/CLONE/chaos completion zsh)' >> ~/.zshrc     after compinit
  fish  ./chaos completion fish > ~/.config/fish/completions/chaos.fish
`;

/** Generated from the commands themselves, so that it is never out of date. */
export function completionCommand(commands: readonly CommandEntry[], context: CliContext): Command {
  return new Command('completion')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(completionScripts)))
    .addHelpText('after', help)
    .action(async (shell: Shell) => {
      const all = await Promise.all(commands.map((entry) => completed(entry, context)));
      context.terminal.out(completionScripts[shell](all));
      context.finish(exitCodes.done);
    });
}

async function completed({ name, summary, load }: CommandEntry, context: CliContext): Promise<Completed> {
  const command = (await load())(context);
  const { commands: below, registeredArguments } = command;
  return {
    name,
    summary,
    words: [
      ...below.map((each) => each.name()),
      ...registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
    ],
    options: withoutRepeats([command, ...below].flatMap((each) => each.options).map(completedOption)),
  };
}

/** Several commands below the same one may have an option. */
function withoutRepeats(options: readonly CompletedOption[]): readonly CompletedOption[] {
  return [...new Map(options.map((option) => [option.flag, option])).values()];
}
