import { masterStack } from './stacks.ts';
import { synth } from './synth.ts';

/** The master account: `npx cdk deploy`. */
await synth(masterStack);
