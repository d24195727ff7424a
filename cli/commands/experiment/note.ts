import { Command } from 'commander';
import * as z from 'zod';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import { reportFolder } from '../../experiments/report-folder.ts';
import { findReport } from './report.ts';

const NoteOptions = z.strictObject({ by: z.string().optional() });

const mostCharacters = 2_000;

const help = `
A ramp does not go on after it has deviated until somebody has written down what was learned.

Example:
  ./chaos experiment note 20261123T090000Z-3f9a1c2b "the page had no timeout of its own: it has one of 100 ms now"
`;

export function noteCommand(context: CliContext): Command {
  return new Command('note')
    .description('write down what was learned')
    .argument('<id>', 'the id of its run')
    .argument('<text...>', 'what was learned')
    .option('--by <name>', 'who writes it (default: $USER)')
    .addHelpText('after', help)
    .action(async (id: string, words: string[], given: unknown) =>
      note(id, words.join(' ').trim(), NoteOptions.parse(given), context),
    );
}

async function note(
  id: string,
  text: string,
  { by }: z.infer<typeof NoteOptions>,
  context: CliContext,
): Promise<void> {
  const { terminal, cwd, clock, env } = context;
  if (text === '' || text.length > mostCharacters) {
    throw new CliError(`A note has 1 to ${mostCharacters} characters.`, exitCodes.badUsage);
  }
  const report = await findReport(id, context);
  const author = by ?? env.USER ?? 'unknown';
  const at = new Date(clock.now()).toISOString();
  await reportFolder(cwd).put({ ...report, notes: [...report.notes, { at, by: author, text }] });
  terminal.out(`Noted in ${id}, by ${author}.`);
}
