import { Command } from 'commander';
import * as z from 'zod';
import { Replay } from '#core/reports/replay.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { fetchAnswer } from '../deployed/fetch-answer.ts';
import { functionOptions, jsonOption, withFunctionOptions } from '../options/options.ts';
import { replayText } from '../render/replay.ts';
import { printResult } from '../terminal/print-result.ts';

const ReplayOptions = z.strictObject({ ...functionOptions, json: z.boolean().default(false) });

const help = `
The deployed function repeats the decisions of a run from its recording and compares the results. Claims and strikes
depend on other runs and are not repeated. Nothing is touched.

Exit codes: 0 all decisions are the same; 1 some differ; 2 bad usage, or no recording made by the deployed version.

./chaos status lists the last runs.
`;

export function replayCommand(context: CliContext): Command {
  return withFunctionOptions(new Command('replay'))
    .argument('<run>', 'the id of the run, such as 20261123T090000Z-3f9a1c2b')
    .addOption(jsonOption('the comparison'))
    .addHelpText('after', help)
    .action(async (runId: string, given: unknown) => replay(runId, ReplayOptions.parse(given), context));
}

async function replay(
  runId: string,
  options: z.infer<typeof ReplayOptions>,
  context: CliContext,
): Promise<void> {
  const { terminal, finish } = context;
  const task = { task: 'replay', runId } as const;
  const { answer } = await fetchAnswer({ task, what: 'a replay', schema: Replay }, options, context);
  printResult(options, answer, replayText(answer, terminal.paint), terminal);
  if (answer.differences > 0) finish(exitCodes.failed);
}
