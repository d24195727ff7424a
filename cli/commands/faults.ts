import { Command } from 'commander';
import * as z from 'zod';
import { faults } from '#faults/registry.ts';
import { findConfig, openConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { configOption, jsonOption } from '../options/options.ts';
import { describeFault, faultsText } from '../render/faults.ts';
import { printResult } from '../terminal/print-result.ts';

const FaultsOptions = z.strictObject({ config: z.string().optional(), json: z.boolean().default(false) });

export function faultsCommand({ terminal, cwd }: CliContext): Command {
  return new Command('faults')
    .addOption(configOption())
    .addOption(jsonOption('the list'))
    .action(async (given: unknown) => {
      const options = FaultsOptions.parse(given);
      const config = await openConfig(findConfig(options.config, cwd), terminal);
      const described = [...faults.values()].map((fault) => describeFault(fault, config));
      printResult(options, described, faultsText(described, terminal.paint), terminal);
    });
}
