import { Command, CommanderError } from 'commander';
import { calendarCommand } from './calendar.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { faultsCommand } from './faults.ts';
import { groupsCommand } from './groups.ts';
import { initCommand } from './init.ts';
import { leashCommand } from './leash.ts';
import { ledgerCommand } from './ledger.ts';
import { planCommand } from './plan.ts';
import { helpText } from './render/help.ts';
import { replayCommand } from './replay.ts';
import { resumeCommand } from './resume.ts';
import { runCommand } from './run.ts';
import { type ExitCode, exitCodes } from './shared/cli-error.ts';
import type { Surroundings } from './shared/surroundings.ts';
import { told } from './shared/told.ts';
import { simulateCommand } from './simulate.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';
import { vetoCommand } from './veto.ts';

/** The command `chaos`. Never rejects: what goes wrong is said in one message. */
export async function chaos(args: readonly string[], parts: Omit<Surroundings, 'finish'>): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const finish = (code: ExitCode) => {
    exitCode = code;
  };
  const task = async () => {
    try {
      await program({ ...parts, finish }).parseAsync(args, { from: 'user' });
      return exitCode;
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      // It has said it itself: what the usage error is, or the help that was asked for.
      return error.exitCode === 0 ? exitCodes.done : exitCodes.badUsage;
    }
  };
  return told(task, parts.terminal);
}

/** In the order of the help: what it does, what holds it, what it says. */
const commands = [
  runCommand,
  stopCommand,
  resumeCommand,
  vetoCommand,
  leashCommand,
  statusCommand,
  groupsCommand,
  ledgerCommand,
  planCommand,
  explainCommand,
  replayCommand,
  simulateCommand,
  faultsCommand,
  calendarCommand,
  initCommand,
  doctorCommand,
];

function program(surroundings: Surroundings): Command {
  const { terminal } = surroundings;
  const chaos = new Command('chaos')
    .description('Strikes randomly chosen instances that opted in, and says why.')
    .exitOverride()
    .showHelpAfterError('See: ./chaos --help')
    .configureOutput({
      writeOut: (text) => terminal.out(helpText(text.trimEnd(), terminal.width)),
      // Commander breaks no line: all are broken in one place.
      getOutHelpWidth: () => Number.MAX_SAFE_INTEGER,
      writeErr: (text) => terminal.note(text.trimEnd()),
    });
  for (const command of commands) {
    chaos.addCommand(command(surroundings).copyInheritedSettings(chaos));
  }
  return chaos;
}
