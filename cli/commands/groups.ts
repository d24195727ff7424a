import { Command } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import type { GroupsRequest } from '#core/config/task.ts';
import { listGroups } from '#core/list-groups/list-groups.ts';
import { GroupList } from '#core/reports/group-list.ts';
import { parse } from '#core/util/parse.ts';
import { findConfig, loadConfig } from '../config/load-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { answerName, askFunction, withMasterRegion } from '../deployed/invoke-function.ts';
import { functionOptions, jsonOption, sandboxOption, withFunctionOptions } from '../options/options.ts';
import { buildTask, toUsageError } from '../options/request.ts';
import { groupsText } from '../render/groups.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';

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
  const { terminal, cwd, finish } = context;
  const { onlyAccount: account } = options;
  const config = await loadConfig(findConfig(options.config, cwd), terminal);
  const request = buildTask({ task: 'groups', ...(account !== undefined && { account }) }, config);
  const list = await fetchGroups(request, options.sandbox, withMasterRegion(config, options), context);
  terminal.out(
    options.json ? JSON.stringify(list, null, 2) : groupsText(list, config.tags.optIn, terminal.paint),
  );
  if (list.failures.length > 0) finish(exitCodes.failed);
}

async function fetchGroups(
  request: GroupsRequest,
  sandbox: boolean,
  config: Config,
  context: CliContext,
): Promise<GroupList> {
  if (!sandbox) {
    const asked = { input: request, what: 'its groups' };
    return parse(GroupList, await askFunction(asked, config, context), answerName);
  }
  const { world, start } = openSandbox(config, context);
  return listGroups(request, start(request), world).catch((error: unknown) => {
    throw toUsageError(error);
  });
}
