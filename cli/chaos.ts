import { Command, CommanderError } from 'commander';
import type { Clients } from '#aws/clients/clients.ts';
import { nearest } from '#core/util/nearest.ts';
import { version } from '#core/util/version.ts';
import type { CommandEntry } from './command-entry.ts';
import { commands } from './command-table.ts';
import { checkedClients, useProfile } from './context/aws-environment.ts';
import type { CliContext, ProcessParts } from './context/cli-context.ts';
import { CliError, type ExitCode, exitCodes } from './context/cli-error.ts';
import { isStopWord, moveOptionsAfterCommand } from './options/reorder-arguments.ts';
import { helpText } from './render/help.ts';
import { reportErrors } from './terminal/report-errors.ts';

/** The command `chaos`. Never rejects: errors are reported in one message. */
export async function chaos(args: readonly string[], parts: ProcessParts): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const finish = (code: ExitCode) => {
    exitCode = code;
  };
  const inOrder = moveOptionsAfterCommand(args);
  const task = async () => {
    try {
      const { asked, isKnown } = findCommand(inOrder);
      const program = await programFor(asked, parts, finish);
      // An unknown command has no help to show, so its name is the error, whatever else was typed.
      const typed = asked === undefined || isKnown ? inOrder : [asked];
      suggestCommand(typed[0] ?? '', program);
      await program.parseAsync(typed, { from: 'user' });
      return exitCode;
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      // Commander has already printed the usage error or the help.
      if (error.exitCode === 0) return exitCodes.done;
      if (args.some(isStopWord) || nearestCommand(inOrder[0] ?? '') === 'stop') {
        const { experimentNotBegunText, notBegunText } = await import('./render/stop.ts');
        parts.terminal.note(inOrder[0] === 'experiment' ? experimentNotBegunText : notBegunText);
      }
      return exitCodes.badUsage;
    }
  };
  return reportErrors(task, parts.terminal);
}

/** The command that the user means, including in `help COMMAND`. */
function findCommand(args: readonly string[]) {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  const asked = first === 'help' ? second : first;
  // A word after an unknown option may be the option's value.
  const isKnown = args[0]?.startsWith('-') || asked === 'help' || commands.some(({ name }) => name === asked);
  return { asked, isKnown };
}

/** Suggests a command where commander would not: its own suggestions are case-sensitive. */
function suggestCommand(word: string, program: Command): void {
  const near =
    word === 'help' || program.commands.some((each) => each.name() === word)
      ? undefined
      : nearestCommand(word);
  if (near === undefined) return;
  program.error(`error: unknown command '${word}'\n(Did you mean ${near}?)`, {
    code: 'commander.unknownCommand',
  });
}

function nearestCommand(word: string): string | undefined {
  if (word.startsWith('-')) return undefined;
  return nearest(
    word,
    commands.map(({ name }) => name),
  );
}

/** Builds the program. Only the requested command is loaded. */
async function programFor(
  asked: string | undefined,
  parts: ProcessParts,
  finish: CliContext['finish'],
): Promise<Command> {
  const { terminal } = parts;
  const program = new Command('chaos')
    .description('Strikes randomly chosen resources that opted in, and says why.')
    .version(version, '--version', 'print the version')
    // Options after a command belong to the command: `stop --version` stops.
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('See: ./chaos --help')
    .configureOutput({
      writeOut: (text) => terminal.out(helpText(text.trimEnd(), terminal.width)),
      // Keeps commander from wrapping: `helpText` wraps everything.
      getOutHelpWidth: () => Number.MAX_SAFE_INTEGER,
      writeErr: (text) => terminal.note(text.trimEnd()),
    });
  for (const entry of commands) {
    const command = entry.name === asked ? await loaded(entry, parts, finish) : outline(entry);
    program.addCommand(inherited(command, program, `./chaos ${entry.name}`));
  }
  return program;
}

/** The part of a command that the overview shows. */
function outline({ name, summary, arguments: words }: CommandEntry): Command {
  const command = new Command(name).description(summary);
  return words === undefined ? command : command.arguments(words);
}

async function loaded(
  { load, summary }: CommandEntry,
  parts: ProcessParts,
  finish: CliContext['finish'],
): Promise<Command> {
  let clients: Clients | undefined;
  const context: CliContext = {
    ...parts,
    finish,
    get clients() {
      if (clients === undefined) throw new Error('a command that calls AWS has the option --profile');
      return clients;
    },
  };
  const command = (await load())(context);
  return command.description(summary).hook('preAction', async (_, action) => {
    rejectEmptyValues(action);
    if (!action.options.some(({ long }) => long === '--profile')) return;
    const { profile } = action.opts<{ readonly profile?: string }>();
    if (profile !== undefined) useProfile(profile, parts.env);
    const from = profile === undefined ? 'AWS_PROFILE' : '--profile';
    clients = checkedClients(await parts.loadClients(), parts.env, from);
  });
}

/** An empty value is most likely an unset shell variable. Throws a `CliError` that names the option. */
function rejectEmptyValues(action: Command): void {
  for (const option of action.options) {
    const values: unknown[] = [action.getOptionValue(option.attributeName())].flat();
    if (option.required && values.includes('')) {
      throw new CliError(`${option.long} needs a value.`, exitCodes.badUsage);
    }
  }
}

/** Copies the program's settings to a command and its subcommands, each of which points to its own help. */
function inherited(command: Command, from: Command, typed: string): Command {
  for (const below of command.commands) inherited(below, from, `${typed} ${below.name()}`);
  return command.copyInheritedSettings(from).showHelpAfterError(`See: ${typed} --help`);
}
