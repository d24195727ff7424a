import { Command } from 'commander';
import * as z from 'zod';
import { orNearest } from '#core/util/nearest.ts';
import { faults } from '#faults/registry.ts';
import { findConfig, openConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { configOption, jsonOption } from '../options/options.ts';
import { describeFault, faultsInOrder, faultsText } from '../render/faults.ts';
import { printResult } from '../terminal/print-result.ts';

const FaultsOptions = z.strictObject({ config: z.string().optional(), json: z.boolean().default(false) });

export function faultsCommand({ terminal, cwd }: CliContext): Command {
  return new Command('faults')
    .argument('[fault]', 'only this one')
    .addOption(configOption())
    .addOption(jsonOption('the list'))
    .action(async (name: string | undefined, given: unknown) => {
      const options = FaultsOptions.parse(given);
      if (name !== undefined && !faults.has(name)) {
        throw new CliError(`there is no fault ${name}${orNearest(name, faults.keys())}`, exitCodes.badUsage);
      }
      const config = await openConfig(findConfig(options.config, cwd), terminal);
      const chosen = faultsInOrder(faults, config).filter(
        (fault) => name === undefined || fault.name === name,
      );
      const described = chosen.map((fault) => describeFault(fault, config, faults));
      printResult(options, described, faultsText(described, terminal.paint), terminal);
    });
}
