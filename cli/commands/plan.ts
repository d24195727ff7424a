import { Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { resolveLeash } from '#core/config/resolve-leash.ts';
import { Plan } from '#core/reports/plan.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { fetchAnswer } from '../deployed/fetch-answer.ts';
import { deploymentFlags } from '../options/deployment-options.ts';
import { functionOptions, jsonOption, sandboxOption, withFunctionOptions } from '../options/options.ts';
import { planText } from '../render/plan.ts';
import { printResult } from '../terminal/print-result.ts';

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
  const { terminal, finish } = context;
  const { date, days } = options;
  const { answer, config } = await fetchAnswer(
    { task: { task: 'plan', date, days }, what: 'a plan', schema: Plan },
    options,
    context,
  );
  // The sandbox needs no leash, but a plan shows what the configuration would do.
  const mode = options.sandbox ? resolveLeash({ dryRun: false }, config, 'schedule').mode : answer.mode;
  const made: Plan = { ...answer, mode };
  printResult(options, made, planText(made, terminal.paint, deploymentFlags(options)), terminal);
  if (made.failures.length > 0) finish(exitCodes.failed);
}

function parseWholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number.');
}
