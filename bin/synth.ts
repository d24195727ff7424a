import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { findConfig, openConfig } from '#cli/config/open-config.ts';
import { CliError } from '#cli/context/cli-error.ts';
import type { Config } from '#core/config/config.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { defaultConfigFile } from '#lib/config/config-file.ts';

/** Adds stacks to an app. `configFile`: the absolute path of the configuration. */
export type Build = (app: App, config: Config, configFile: string) => void;

/**
 * Runs a CDK app with the configuration of the repository, or with the file that `-c config=FILE` names. A mistake in it ends the
 * process with code 1 and only its message: a stack trace would bury it.
 */
export async function synth(build: Build): Promise<void> {
  try {
    await buildInto(new App(), build);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof CliError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Throws `InvalidInput` or `CliError` for a mistake in the configuration. */
export async function buildInto(app: App, build: Build): Promise<void> {
  const named: string | undefined = app.node.tryGetContext('config');
  const found = findConfig(named ?? defaultConfigFile(), process.cwd());
  build(app, await openConfig(found), found.path);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
