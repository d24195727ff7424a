import { Command } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import type { Fault } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { findConfig, openConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { configOption, jsonOption } from '../options/options.ts';
import { type FaultDescription, faultsText } from '../render/faults.ts';
import { printResult } from '../terminal/print-result.ts';

const FaultsOptions = z.strictObject({ config: z.string().optional(), json: z.boolean().default(false) });

export function faultsCommand({ terminal, cwd }: CliContext): Command {
  return new Command('faults')
    .addOption(configOption())
    .addOption(jsonOption('the list'))
    .action(async (given: unknown) => {
      const options = FaultsOptions.parse(given);
      const config = await openConfig(findConfig(options.config, cwd), terminal);
      const described = [...faults.values()].map((fault) => describe(fault, config));
      printResult(options, described, faultsText(described, terminal.paint), terminal);
    });
}

function describe({ name, summary, parameters, permissions }: Fault, config: Config): FaultDescription {
  const chosen = config.faults.find((fault) => fault.name === name);
  return {
    name,
    summary,
    parameters: z.toJSONSchema(parameters, { io: 'input' }),
    actions: [...new Set(permissions.map(({ action }) => action))],
    enabled: chosen !== undefined,
    isDefault: config.faults[0]?.name === name,
    configured: chosen?.parameters ?? null,
  };
}
