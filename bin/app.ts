import { masterStack } from './stacks.ts';
import { synth } from './synth.ts';

/** The CDK app of the master account: `npx cdk deploy`. */
await synth(masterStack);
