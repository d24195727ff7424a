import { Command } from 'commander';
import * as z from 'zod';
import { Replay } from '#core/reports/replay.ts';
import { parse } from '#core/util/parse.ts';
import { findConfig, loadConfig } from '../config/load-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { answerName, askFunction, withMasterRegion } from '../deployed/invoke-function.ts';
import { functionOptions, jsonOption, withFunctionOptions } from '../options/options.ts';
import { buildTask } from '../options/request.ts';
import { replayText } from '../render/replay.ts';

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
  const { terminal, cwd, finish } = context;
  const config = await loadConfig(findConfig(options.config, cwd), terminal);
  const deployed = withMasterRegion(config, options);
  const input = buildTask({ task: 'replay', runId }, config);
  const answer = await askFunction({ input, what: 'a replay' }, deployed, context);
  const found = parse(Replay, answer, answerName);
  terminal.out(options.json ? JSON.stringify(found, null, 2) : replayText(found, terminal.paint));
  if (found.differences > 0) finish(exitCodes.failed);
}
