import { Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { type Config, parseConfig } from '#core/config/config.ts';
import { simulate as simulateDays } from '#core/simulate/simulate.ts';
import { counted, grouped } from '#core/util/format.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { configOrDefaults } from '../config/config-or-defaults.ts';
import { findConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { configOption, jsonOption } from '../options/options.ts';
import { toUsageError } from '../options/request.ts';
import { estimateText, mostDraws } from '../options/simulation-size.ts';
import { simulationText } from '../render/simulation.ts';
import { printResult } from '../terminal/print-result.ts';
import { shareText, startProgress } from '../terminal/progress.ts';

const mostDays = 1_000_000;
const mostGroups = 100_000;

const SimulateOptions = z.strictObject({
  mean: z.number().optional(),
  min: z.number().optional(),
  probability: z.number().optional(),
  days: z.number(),
  groups: z.number(),
  seed: z.string(),
  config: z.string().optional(),
  json: z.boolean().default(false),
});
type SimulateOptions = z.infer<typeof SimulateOptions>;

const help = `
Runs the real decision code over the work days of the configuration's schedule and calendar, starting on January 1 of
this year, for made-up groups that are always healthy. The configuration's budgets, freezes and cooldown apply. Its other
guards and its gates do not, and neither do app budgets, as the groups belong to no app. Without --mean and --probability,
the configuration's rate applies.

There is one draw per group and work day, or with --probability per group and slot, and at most ${grouped(mostDraws)} in total.
A million draws take about ten seconds, a million strikes about a minute. Many groups are faster than many days.

This does not call AWS. The same configuration and seed give the same result.

Examples:
  ./chaos simulate --days 250 --groups 400
  ./chaos simulate --mean 5 --min 2 --days 250 --groups 400
  ./chaos simulate --probability 1/6 --days 250 --groups 400
`;

export function simulateCommand(context: CliContext): Command {
  return new Command('simulate')
    .addOption(
      new Option('--mean <days>', 'average work days between two strikes of a group').argParser(parseDays),
    )
    .addOption(
      new Option('--min <days>', 'with --mean: minimum work days between two strikes (default: 1)').argParser(
        parseDays,
      ),
    )
    .addOption(
      new Option('--probability <p>', 'chance that a group is struck in a slot, such as 0.25 or 1/6')
        .argParser(parseProbability)
        .conflicts(['mean', 'min']),
    )
    .requiredOption(
      '--days <n>',
      `number of work days to simulate, at most ${mostDays}`,
      parseCountUpTo(mostDays),
    )
    .option('--groups <n>', `number of groups, at most ${mostGroups}`, parseCountUpTo(mostGroups), 1)
    .option('--seed <text>', 'seed of the draws: another seed gives another history', '1')
    .addOption(configOption())
    .addOption(jsonOption('the result'))
    .addHelpText('after', help)
    .action(async (given: unknown) => simulate(SimulateOptions.parse(given), context));
}

async function simulate(
  { mean, min, probability, days, groups, seed, ...options }: SimulateOptions,
  context: CliContext,
): Promise<void> {
  const { terminal, cwd, clock } = context;
  if (min !== undefined && mean === undefined) {
    throw new CliError('--min requires --mean.', exitCodes.badUsage);
  }
  const file = findConfig(options.config, cwd);
  const { from, config } = await configOrDefaults(file, options.config, terminal);
  const year = new Date(clock.now()).getUTCFullYear();
  try {
    const asked = chooseRate(mean, min, probability);
    const valid =
      asked === undefined ? config : parseConfig({ ...config, rate: asked }, faults, 'simulation');
    const { rate } = valid;
    const estimate = estimateText(days, groups, rate, config.schedule);
    if (estimate !== undefined) terminal.note(estimate);
    let done = 0;
    const progress = startProgress(
      (elapsed) =>
        done < days
          ? shareText(done, days, counted(days, 'work day'), elapsed)
          : `waiting for open gaps to end: day ${grouped(done)}`,
      context,
    );
    const simulation = simulateDays({
      config: valid,
      rate,
      faults,
      kinds,
      days,
      groups,
      seed,
      from: `${year}-01-01`,
      onDay: (day) => {
        done = day;
        progress.tick();
      },
    });
    progress.end();
    const text = simulationText(simulation, config.schedule, terminal.paint);
    printResult(options, simulation, text, terminal);
    const what = asked === undefined ? 'rate, the schedule' : 'schedule';
    terminal.note(`Based on the ${what}, the calendar and the budgets of ${from}.`);
  } catch (error) {
    throw toUsageError(error);
  }
}

/** The rate that the options choose; undefined for the configuration's own. */
function chooseRate(mean?: number, min = 1, probability?: number): Config['rate'] | undefined {
  if (probability !== undefined) return { probability };
  return mean === undefined ? undefined : { meanDays: mean, minDays: min };
}

function parseProbability(text: string): number {
  const [, part = '', whole = '1'] = /^(\d*\.?\d+)(?:\/(\d+))?$/.exec(text) ?? [];
  const probability = part === '' ? Number.NaN : Number(part) / Number(whole);
  if (probability > 0 && probability <= 1) return probability;
  throw new InvalidArgumentError('Expected a number above 0 and up to 1, such as 0.25 or 1/6.');
}

function parseDays(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number of work days, at least 1.');
}

function parseCountUpTo(most: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`);
  };
}
