import { App, Stack } from 'aws-cdk-lib';
import type { Config } from '#core/config/config.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { bootstrapless } from './bootstrapless.ts';
import { templateParameters } from './template-parameters.ts';
import type { UndoPart } from './undo-parts.ts';

/** A part as a plain CloudFormation template, for the master account too. */
export function undoTemplate(part: UndoPart, config: Config, faults: FaultRegistry): object {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, part.stackName, {
    description: part.description,
    synthesizer: bootstrapless(),
  });
  // What is made in each region asks for nothing.
  const { parameter: _, ...given } = part.isRegional
    ? { parameter: undefined, ...defaults(config) }
    : templateParameters(stack, config);
  part.add(stack, { config, faults, undoRoleName: config.undoRoleName, ...given });
  return app.synth().getStackByName(stack.stackName).template;
}

function defaults({ master, externalId, regions, organization }: Config) {
  return { masterAccount: master.account, externalId, regions, organization };
}
