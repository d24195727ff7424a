import { Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { parseConfig } from '#core/config.ts';
import { simulate as simulateDays } from '#core/simulate/simulate.ts';
import { faults } from '#faults/registry.ts';
import { simulationText } from './render/simulation.ts';
import { configOrDefaults } from './shared/config-or-defaults.ts';
import { findConfig } from './shared/load-config.ts';
import { configOption, jsonOption } from './shared/options.ts';
import { asBadUsage } from './shared/request.ts';
import type { Surroundings } from './shared/surroundings.ts';

const mostDays = 1_000_000;
const mostGroups = 100_000;

const SimulateOptions = z.strictObject({
  mean: z.number(),
  min: z.number(),
  days: z.number(),
  groups: z.number(),
  seed: z.string(),
  config: z.string().optional(),
  json: z.boolean().default(false),
});
type SimulateOptions = z.infer<typeof SimulateOptions>;

const help = `
The code that decides runs, over work days of the configuration's schedule and calendar from January 1st of this
year on, for made-up groups that are always fit. Its budgets, freezes and cooldown count; its rate, its other guards
and its gates do not, nor do budgets of apps, as the groups have none. A million group-days take some ten seconds: many groups are faster than many days.

Nothing is asked of AWS. The same configuration and seed give the same.

Example:
  ./chaos simulate --mean 5 --min 2 --days 250 --groups 400
`;

export function simulateCommand(surroundings: Surroundings): Command {
  return new Command('simulate')
    .requiredOption('--mean <days>', 'work days between two strikes of a group, on average', aNumber)
    .requiredOption('--min <days>', 'at least so many', aNumber)
    .requiredOption('--days <n>', `work days to simulate, at most ${mostDays}`, upTo(mostDays))
    .option('--groups <n>', `how many groups, at most ${mostGroups}`, upTo(mostGroups), 1)
    .option('--seed <text>', 'another one gives another history', '1')
    .addOption(configOption())
    .addOption(jsonOption('what came of it'))
    .addHelpText('after', help)
    .action(async (given: unknown) => simulate(SimulateOptions.parse(given), surroundings));
}

async function simulate(
  { mean, min, days, groups, seed, ...options }: SimulateOptions,
  { terminal, cwd, clock }: Surroundings,
): Promise<void> {
  const file = findConfig(options.config, cwd);
  const { from, config } = await configOrDefaults(file, options.config);
  const rate = { meanDays: mean, minDays: min };
  const year = new Date(clock.now()).getUTCFullYear();
  try {
    const valid = parseConfig({ ...config, rate }, faults, 'simulation');
    const simulation = simulateDays({
      config: valid,
      rate,
      faults,
      days,
      groups,
      seed,
      from: `${year}-01-01`,
    });
    terminal.out(
      options.json
        ? JSON.stringify(simulation, null, 2)
        : simulationText(simulation, config.schedule, terminal.paint),
    );
    terminal.note(`By the schedule, the calendar and the budgets of ${from}.`);
  } catch (error) {
    throw asBadUsage(error);
  }
}

function aNumber(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number of work days, at least 1.');
}

function upTo(most: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`);
  };
}
