import { Command } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import type { ExplainRequest } from '#core/config/task.ts';
import { explain as explainHere } from '#core/explain/explain.ts';
import { Explanation } from '#core/reports/explanation.ts';
import { parse } from '#core/util/parse.ts';
import { findConfig, loadConfig } from '../config/load-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { answerName, askFunction, withMasterRegion } from '../deployed/invoke-function.ts';
import { isGroupKey } from '../options/group-key.ts';
import { functionOptions, jsonOption, sandboxOption, withFunctionOptions } from '../options/options.ts';
import { regionNotLimitText } from '../options/region-limit.ts';
import { buildTask, toUsageError } from '../options/request.ts';
import { explanationText } from '../render/explanation.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';

const ExplainOptions = z.strictObject({
  onlyAccount: z.string().optional(),
  onlyRegion: z.string().optional(),
  sandbox: z.boolean().default(false),
  ...functionOptions,
  json: z.boolean().default(false),
});

const help = `
Shows every gate, today's draws, every guard with what it saw, the budgets, and the last strikes with their recovery.
It claims nothing and touches nothing.

Exit codes: 0 done; 1 part of the group could not be inspected; 2 bad usage, or the name matches no group or several.
`;

export function explainCommand(context: CliContext): Command {
  return withFunctionOptions(new Command('explain'))
    .argument('<group>', 'the full key, such as 111122223333/eu-west-1/asg/web, or the name')
    .option('--only-account <id>', 'the account of the group')
    .option('--only-region <region>', 'the region of the group')
    .addOption(sandboxOption().conflicts('region'))
    .addOption(jsonOption('the explanation'))
    .addHelpText('after', help)
    .action(async (group: string, given: unknown) => explain(group, ExplainOptions.parse(given), context));
}

async function explain(
  group: string,
  options: z.infer<typeof ExplainOptions>,
  context: CliContext,
): Promise<void> {
  const { terminal, cwd, finish } = context;
  const { onlyAccount: account, onlyRegion: region } = options;
  if (options.region !== undefined && region === undefined && !isGroupKey(group)) {
    terminal.note(`${regionNotLimitText(options.region)} To limit it: --only-region ${options.region}`);
  }
  const config = await loadConfig(findConfig(options.config, cwd), terminal);
  const places = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const request = buildTask({ task: 'explain', group, ...places }, config);
  const found = await fetchExplanation(request, options.sandbox, withMasterRegion(config, options), context);
  terminal.out(options.json ? JSON.stringify(found, null, 2) : explanationText(found, terminal.paint));
  if (found.failures.length > 0) finish(exitCodes.failed);
}

async function fetchExplanation(
  request: ExplainRequest,
  sandbox: boolean,
  config: Config,
  context: CliContext,
): Promise<Explanation> {
  if (!sandbox) {
    const asked = { input: request, what: 'an explanation' };
    return parse(Explanation, await askFunction(asked, config, context), answerName);
  }
  const { world, start } = openSandbox(config, context);
  return explainHere(request, start(request), world).catch((error: unknown) => {
    throw toUsageError(error);
  });
}
