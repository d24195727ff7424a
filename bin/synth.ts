import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CliError } from '#cli/shared/cli-error.ts';
import { findConfig, loadConfig } from '#cli/shared/load-config.ts';
import type { Config } from '#core/config.ts';
import { InvalidInput } from '#core/parse.ts';
import { defaultConfigFile } from '#lib/config-file.ts';

/**
 * Runs a CDK app on the configuration: the repository's, or the file that `-c config=FILE` names. A mistake in it ends the
 * process with code 1 and its message alone: a stack trace would bury it.
 */
export async function synth(build: (app: App, config: Config) => void): Promise<void> {
  const app = new App();
  try {
    const named: string | undefined = app.node.tryGetContext('config');
    build(app, await loadConfig(findConfig(named ?? defaultConfigFile(), process.cwd())));
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof CliError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
