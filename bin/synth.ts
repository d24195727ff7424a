import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Config } from '#core/config.ts';
import { InvalidInput } from '#core/parse.ts';
import { loadConfig } from '#lib/load-config.ts';

/**
 * Runs a CDK app on the configuration: chaos.config.ts, or the file that `-c config=FILE` names. A mistake in it ends the
 * process with code 1 and its message alone: a stack trace would bury it.
 */
export async function synth(build: (app: App, config: Config) => void): Promise<void> {
  const app = new App();
  try {
    build(app, await loadConfig(app.node.tryGetContext('config')));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
