import { targetStack } from './stacks.ts';
import { synth } from './synth.ts';

/**
 * A target account: `npx cdk deploy --app "node bin/target-app.ts"` with that account's credentials. Which account that is, the
 * CDK CLI finds out; without credentials, `-c account=222222222222` says it.
 */
await synth(targetStack);
