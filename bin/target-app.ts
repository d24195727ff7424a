import { targetStack } from './stacks.ts';
import { synth } from './synth.ts';

/**
 * The CDK app of a target account: `npx cdk deploy --all --app "node bin/target-app.ts"` with that account's credentials. The CDK CLI finds
 * out which account that is; without credentials, pass `-c account=222222222222`.
 */
await synth(targetStack);
