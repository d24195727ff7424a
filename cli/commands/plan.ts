import { Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import { resolveLeash } from '#core/config/resolve-leash.ts';
import type { PlanRequest } from '#core/config/task.ts';
import { makePlan } from '#core/plan/make-plan.ts';
import { Plan } from '#core/reports/plan.ts';
import { parse } from '#core/util/parse.ts';
import { findConfig, loadConfig } from '../config/load-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { answerName, askFunction, withMasterRegion } from '../deployed/invoke-function.ts';
import { deploymentFlags } from '../options/deployment-options.ts';
import { functionOptions, jsonOption, sandboxOption, withFunctionOptions } from '../options/options.ts';
import { buildTask } from '../options/request.ts';
import { planText } from '../render/plan.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';

const PlanOptions = z.strictObject({
  date: z.string().optional(),
  days: z.number().optional(),
  sandbox: z.boolean().default(false),
  ...functionOptions,
  json: z.boolean().default(false),
});

const help = `
The deployed function plans with the same draws that its runs will make, for the groups that exist now. Strikes that
the configuration, a veto or a leash is certain to spare are left out and counted. Guards, gates, budgets and a stop can
still spare any of the others: see ./chaos explain GROUP.

Exit codes: 0 done; 1 something could not be surveyed; 2 bad usage, configuration or date.

To exempt a group: ./chaos veto GROUP --until 2026-11-24T09:00 --reason "..."
`;

export function planCommand(context: CliContext): Command {
  return withFunctionOptions(new Command('plan'))
    .option('--date <day>', "the first day, such as 2026-11-23, in the schedule's zone (default: today)")
    .option('--days <n>', 'how many days, at most 31 (default: 1)', parseWholeNumber)
    .addOption(sandboxOption().conflicts('region'))
    .addOption(jsonOption('the plan'))
    .addHelpText('after', help)
    .action(async (given: unknown) => plan(PlanOptions.parse(given), context));
}

async function plan(options: z.infer<typeof PlanOptions>, context: CliContext): Promise<void> {
  const { terminal, cwd, finish } = context;
  const { date, days } = options;
  const config = await loadConfig(findConfig(options.config, cwd), terminal);
  const request = buildTask(
    { task: 'plan', ...(date !== undefined && { date }), ...(days !== undefined && { days }) },
    config,
  );
  const made = await fetchPlan(request, options.sandbox, withMasterRegion(config, options), context);
  terminal.out(
    options.json ? JSON.stringify(made, null, 2) : planText(made, terminal.paint, deploymentFlags(options)),
  );
  if (made.failures.length > 0) finish(exitCodes.failed);
}

async function fetchPlan(
  request: PlanRequest,
  sandbox: boolean,
  config: Config,
  context: CliContext,
): Promise<Plan> {
  if (!sandbox) {
    return parse(Plan, await askFunction({ input: request, what: 'a plan' }, config, context), answerName);
  }
  const { world, start } = openSandbox(config, context);
  // The sandbox needs no leash, but a plan shows what the configuration would do.
  return {
    ...(await makePlan(request, start(request), world)),
    mode: resolveLeash({ dryRun: false }, config).mode,
  };
}

function parseWholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number.');
}
