import { Command } from 'commander';
import * as z from 'zod';
import { GroupList } from '#core/reports/group-list.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { fetchAnswer } from '../deployed/fetch-answer.ts';
import { functionOptions, jsonOption, sandboxOption, withFunctionOptions } from '../options/options.ts';
import { groupsText } from '../render/groups.ts';
import { printResult } from '../terminal/print-result.ts';

const GroupsOptions = z.strictObject({
  onlyAccount: z.string().optional(),
  sandbox: z.boolean().default(false),
  ...functionOptions,
  json: z.boolean().default(false),
});

const help = `
Shows for each group how many instances are healthy, how often it is struck, its veto or leash, its last strike and its
tags. To see why a group is spared now: ./chaos explain GROUP

Exit codes: 0 done; 1 something could not be surveyed; 2 bad usage or configuration.
`;

export function groupsCommand(context: CliContext): Command {
  return withFunctionOptions(new Command('groups'))
    .option('--only-account <id>', 'only the groups in this account')
    .addOption(sandboxOption().conflicts('region'))
    .addOption(jsonOption('the list'))
    .addHelpText('after', help)
    .action(async (given: unknown) => groups(GroupsOptions.parse(given), context));
}

async function groups(options: z.infer<typeof GroupsOptions>, context: CliContext): Promise<void> {
  const { terminal, finish } = context;
  const { onlyAccount: account } = options;
  const { answer, config } = await fetchAnswer(
    {
      task: { task: 'groups', account },
      what: 'its groups',
      schema: GroupList,
    },
    options,
    context,
  );
  printResult(options, answer, groupsText(answer, config.tags.optIn, terminal.paint), terminal);
  if (answer.failures.length > 0) finish(exitCodes.failed);
}
