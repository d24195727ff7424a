import { BootstraplessSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';

/** For a stack that has no assets: it deploys to an account that was never bootstrapped for CDK. */
export function bootstrapless(): IStackSynthesizer {
  // CDK's own types do not hold under exactOptionalPropertyTypes.
  return new BootstraplessSynthesizer() as IStackSynthesizer;
}
