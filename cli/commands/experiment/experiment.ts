import { Command } from 'commander';
import type { CliContext } from '../../context/cli-context.ts';
import { compareCommand } from './compare.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { listCommand } from './list.ts';
import { noteCommand } from './note.ts';
import { reportCommand } from './report.ts';
import { rehearseCommand, runCommand } from './run.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';
import { validateCommand } from './validate.ts';

const help = `
An experiment answers one question with a number: if this fails, do users notice? It measures the steady state, injects
the fault, undoes it as soon as the evidence is enough, and says: survived, deviated, or that nobody can tell.

The file: docs/experiments.md. Samples: experiments/. What a verdict promises: docs/verdicts.md.
`;

export function experimentCommand(context: CliContext): Command {
  return [
    initCommand,
    importCommand,
    validateCommand,
    runCommand,
    rehearseCommand,
    statusCommand,
    stopCommand,
    reportCommand,
    listCommand,
    compareCommand,
    noteCommand,
  ].reduce(
    (command, make) => command.addCommand(make(context)),
    new Command('experiment').addHelpText('after', help),
  );
}
