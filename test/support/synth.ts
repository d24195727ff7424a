import { App, type Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import type { Config } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { ChaosMasterStack } from '#lib/chaos-master-stack.ts';
import type { ScheduledExperiment } from '#lib/config/scheduled-experiments.ts';
import { ChaosTargetRoleStack } from '#target-role/chaos-target-role-stack.ts';
import type { Template } from './resolved-template.ts';

/** An app that does not bundle: tests of the stacks need no code. */
export function anApp(): App {
  return new App({ analyticsReporting: false, context: { 'aws:cdk:bundling-stacks': [] } });
}

export function masterStack(config: Config, scheduled: readonly ScheduledExperiment[] = []): Stack {
  return new ChaosMasterStack(anApp(), { config, faults, scheduled });
}

/** The stack of the configuration's target account `id`. */
export function targetStack(config: Config, id: string): Stack {
  const target = config.accounts.find((account) => account.id === id);
  if (target === undefined) throw new Error(`no account ${id} in the configuration`);
  return new ChaosTargetRoleStack(anApp(), 'ChaosTargetRole', { config, faults, target });
}

export function templateOf(stack: Stack): Template {
  return Assertions.fromStack(stack).toJSON() as Template;
}
