import { App, Tags } from 'aws-cdk-lib';
import { ShopStack } from './stacks/shop-stack.ts';
import { WebStack } from './stacks/web-stack.ts';

/** `npx cdk deploy --app 'node sample/app.ts' Shop Web`; with `-c graceful=false`, the shop shows each failure. */
const app = new App();
const graceful = app.node.tryGetContext('graceful') !== 'false';
const apps = { shop: new ShopStack(app, 'Shop', { graceful }), web: new WebStack(app, 'Web') };
for (const [name, stack] of Object.entries(apps)) {
  Tags.of(stack).add('chaos:opt-in', 'true');
  Tags.of(stack).add('chaos:app', name);
}
