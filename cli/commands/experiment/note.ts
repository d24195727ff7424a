import { Command } from 'commander';
import * as z from 'zod';
import { withNotes } from '#core/experiment/with-notes.ts';
import { saysSomething } from '#core/experiment/wording/note-command.ts';
import { maxNote } from '#core/ledger/fit-experiment.ts';
import type { ExperimentNote } from '#core/reports/experiment-report.ts';
import { messageOf } from '#core/util/error-text.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import { userName } from '../../context/user-name.ts';
import { getCallerIdentity } from '../../deployed/caller-identity.ts';
import { changeLedger } from '../../deployed/change-ledger.ts';
import { type OpenDeployment, openDeployment } from '../../deployed/open-deployment.ts';
import { experimentsPlace, placesHelp } from '../../experiments/deployed-experiments.ts';
import { notHere, notOnRecord, requireRunId } from '../../experiments/find-report.ts';
import { reportFolder, reportsFolder } from '../../experiments/report-folder.ts';
import { deploymentFlags } from '../../options/deployment-options.ts';
import { ExperimentOptions, withExperimentOptions } from '../../options/experiment-options.ts';

const NoteOptions = ExperimentOptions.extend({ by: z.string().optional() }).strict();
type NoteOptions = z.infer<typeof NoteOptions>;

const help = `
A ramp does not go on after it has deviated until somebody has written down what was learned.
${placesHelp}

Example:
  ./chaos experiment note 20261123T090000Z-3f9a1c2b "the page had no timeout of its own: it has one of 100 ms now"
`;

export function noteCommand(context: CliContext): Command {
  return withExperimentOptions(new Command('note'))
    .description('write down what was learned')
    .argument('<id>', 'the id of its run')
    .argument('<text...>', 'what was learned')
    .option(
      '--by <name>',
      'who writes it (default: whose AWS credentials these are; on this machine, its user)',
    )
    .addHelpText('after', help)
    .action(async (id: string, words: string[], given: unknown) =>
      note(id, words.join(' ').trim(), NoteOptions.parse(given), context),
    );
}

async function note(id: string, text: string, options: NoteOptions, context: CliContext): Promise<void> {
  const { terminal, cwd, clock, env } = context;
  if (text === '' || text.length > maxNote) {
    throw new CliError(`A note has 1 to ${maxNote} characters.`, exitCodes.badUsage);
  }
  if (!saysSomething(text)) {
    throw new CliError(
      `${JSON.stringify(text)} says nothing: write down what was learned, in your own words.`,
      exitCodes.badUsage,
    );
  }
  requireRunId(id, deploymentFlags(options));
  const at = new Date(clock.now()).toISOString();
  const folder = reportFolder(cwd);
  const report = await folder.get(id);
  if (report !== undefined) {
    const by = options.by ?? env.USER ?? userName();
    await folder.put(withNotes(report, [{ at, by, text }])).catch((error: unknown) => {
      const why = `The note could not be written to ${reportsFolder}: ${messageOf(error)}`;
      throw new CliError(why, exitCodes.failed, error);
    });
    return terminal.out(`Noted in ${id}, by ${by}.`);
  }
  const place = await experimentsPlace(options, context);
  if (place === undefined) throw notHere(id, options);
  const deployment = await openDeployment(place, options, context);
  const by = options.by ?? (await getCallerIdentity(context, place.region)).arn;
  await addNote(id, { at, by, text }, deployment, context);
  terminal.out(`Noted in ${id}, by ${by}.`);
}

async function addNote(
  id: string,
  note: ExperimentNote,
  { ledger, sent, tableName, flags }: OpenDeployment,
  context: CliContext,
): Promise<void> {
  const see = `./chaos experiment status ${id}${flags}`;
  let outcome: Awaited<ReturnType<typeof ledger.addExperimentNote>> | undefined;
  const write = async () => {
    outcome = await ledger.addExperimentNote(id, note);
  };
  await changeLedger({ doing: 'write the note', done: 'it was noted', see }, write, sent, context);
  if (outcome === 'unknown') throw notOnRecord(id, tableName, flags);
  if (outcome === 'full') throw new CliError(`No more notes are kept of ${id}.`, exitCodes.failed);
}
