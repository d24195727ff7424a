import { Command } from 'commander';
import * as z from 'zod';
import { Explanation } from '#core/reports/explanation.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { fetchAnswer } from '../deployed/fetch-answer.ts';
import { isGroupKey } from '../options/group-key.ts';
import { functionOptions, jsonOption, sandboxOption, withFunctionOptions } from '../options/options.ts';
import { regionNotLimitText } from '../options/region-limit.ts';
import { explanationText } from '../render/explanation.ts';
import { printResult } from '../terminal/print-result.ts';

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
  const { terminal, finish } = context;
  const { onlyAccount: account, onlyRegion: region } = options;
  if (options.region !== undefined && region === undefined && !isGroupKey(group)) {
    terminal.note(`${regionNotLimitText(options.region)} To limit it: --only-region ${options.region}`);
  }
  const { answer } = await fetchAnswer(
    { task: { task: 'explain', group, account, region }, what: 'an explanation', schema: Explanation },
    options,
    context,
  );
  printResult(options, answer, explanationText(answer, terminal.paint), terminal);
  if (answer.failures.length > 0) finish(exitCodes.failed);
}
