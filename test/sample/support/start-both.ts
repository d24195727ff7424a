import { systemClock } from '#aws/clients/clock.ts';
import { startShop } from '#sample/local/start-shop.ts';
import { startWeb } from '#sample/local/start-web.ts';
import { Sandbox } from '#sandbox/sandbox.ts';

/** A process that runs both samples until it is killed. */
const account = '222222222222';
const sandbox = new Sandbox({ clock: systemClock, caller: { account, roleName: 'chaos' } });
const region = sandbox.account(account).region('eu-west-1');
await Promise.all([startShop({ sandbox, region, tags: {}, graceful: true }), startWeb({ region, tags: {} })]);
process.stdout.write('started\n');
