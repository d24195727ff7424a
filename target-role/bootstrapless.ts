import { BootstraplessSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';

/** For stacks without assets, which can be deployed to accounts that are not bootstrapped for CDK. */
export function bootstrapless(): IStackSynthesizer {
  // CDK's types are inconsistent under exactOptionalPropertyTypes.
  return new BootstraplessSynthesizer() as IStackSynthesizer;
}
