import { Command } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config.ts';
import type { Fault } from '#core/fault.ts';
import { faults } from '#faults/registry.ts';
import { faultsText } from './render/faults.ts';
import { findConfig, loadConfig } from './shared/load-config.ts';
import { configOption, jsonOption } from './shared/options.ts';
import type { Surroundings } from './shared/surroundings.ts';

const FaultsOptions = z.strictObject({ config: z.string().optional(), json: z.boolean().default(false) });

/** A fault as `faults --json` prints it. */
export interface FaultDescription {
  readonly name: string;
  readonly summary: string;
  /** JSON schema of its parameters, as a user may write them. */
  readonly parameters: z.core.JSONSchema.BaseSchema;
  /** IAM actions that a target role needs for it. */
  readonly actions: readonly string[];
  /** Whether the configuration enables it. */
  readonly enabled: boolean;
  /** Whether groups are struck with it unless a tag or the request says otherwise. */
  readonly isDefault: boolean;
  /** Its parameters as the configuration has them; null where it is not enabled. */
  readonly configured: unknown;
}

export function faultsCommand({ terminal, cwd }: Surroundings): Command {
  return new Command('faults')
    .description('what can be done to an instance, and what of it the configuration enables')
    .addOption(configOption())
    .addOption(jsonOption('the list'))
    .action(async (given: unknown) => {
      const options = FaultsOptions.parse(given);
      const config = await loadConfig(findConfig(options.config, cwd));
      const described = [...faults.values()].map((fault) => describe(fault, config));
      terminal.out(options.json ? JSON.stringify(described, null, 2) : faultsText(described, terminal.paint));
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
