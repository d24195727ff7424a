import { Command } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import { type ConfigFlags, configFlags } from '../config/config-flags.ts';
import { type ConfigFile, findConfig, openConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { withMasterRegion } from '../deployed/invoke-function.ts';
import { checkup } from '../doctor/checkup.ts';
import { type Finding, fail } from '../doctor/finding.ts';
import { functionOptions, jsonOption, withFunctionOptions } from '../options/options.ts';
import { checkupText } from '../render/checkup.ts';
import { printResult } from '../terminal/print-result.ts';

const DoctorOptions = z.strictObject({ ...functionOptions, json: z.boolean().default(false) });

const help = `
Checks configuration, credentials, stack, function, roles, regions, tags, holidays, stop, runs, schedule, active faults,
subscriptions and, where experiments are deployed, the concurrency that Lambda has left for them. It only reads, and a
check that cannot be made does not prevent the others. The accounts are surveyed by the deployed function, with its own
permissions; it inspects the instances of three groups.

Exit codes: 0 nothing found that prevents a strike; 1 something does; 2 bad usage.
`;

export function doctorCommand(context: CliContext): Command {
  return withFunctionOptions(new Command('doctor'))
    .addOption(jsonOption('the findings'))
    .addHelpText('after', help)
    .action(async (given: unknown) => doctor(DoctorOptions.parse(given), context));
}

async function doctor(options: z.infer<typeof DoctorOptions>, context: CliContext): Promise<void> {
  const { terminal, finish } = context;
  const findings = await examine(options, context);
  printResult(options, { checks: findings }, checkupText(findings, terminal.paint), terminal);
  if (findings.some(({ level }) => level === 'fail')) finish(exitCodes.failed);
}

/** An unreadable configuration is a finding too. Without one, nothing else can be checked. */
async function examine(
  options: z.infer<typeof DoctorOptions>,
  context: CliContext,
): Promise<readonly Finding[]> {
  let file: ConfigFile;
  let config: Config;
  try {
    file = findConfig(options.config, context.cwd);
    config = withMasterRegion(await openConfig(file, context.terminal), options);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const [first = '', ...others] = error.message.split('\n');
    return [fail('configuration', first, ...others.map((text) => text.trim()))];
  }
  const flags = configFlags(file, context.cwd);
  const found = await checkup(config, file.shown, context);
  return found.map((finding) => ({ ...finding, help: finding.help.map((text) => commandFor(text, flags)) }));
}

function commandFor(text: string, { chaos, cdk }: ConfigFlags): string {
  if (text.startsWith('./chaos ') && text !== './chaos init') return `${text}${chaos}`;
  return text.replace(/npx cdk deploy$/, `$&${cdk}`);
}
