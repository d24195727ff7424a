import { makeClients } from '#aws/clients/clients.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { DisruptableSandbox } from '../../support/disruptions.ts';
import { type AwsUnderTest, assume, home, roleName } from './aws-under-test.ts';

export async function awsOnSandbox(): Promise<AwsUnderTest> {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const sandbox = new DisruptableSandbox({
    clock,
    caller: { account: '111111111111', roleName: 'chaos-monkey' },
  });
  const clients = makeClients({ clock, concurrency: 10, transport: sandbox.transport });
  let accounts = 0;

  return {
    clients,
    // Long enough for everything, and not for terminated instances to be forgotten.
    settle: () => clock.advance(300_000),
    stop: async () => {},
    account: async () => {
      accounts += 1;
      const id = String(200_000_000_000 + accounts);
      const account = sandbox.account(id);
      const externalId = 'agreed';
      const { arn: roleArn } = account.role({
        name: roleName,
        trust: { principal: sandbox.callerRole, externalId },
      });
      const credentials = await assume(clients, { roleArn, externalId });
      return {
        id,
        roleArn,
        externalId,
        scope: (region = home) => ({ region, credentials }),
        arrange: async (how) => how.sandbox({ account, region: account.region(home), now: clock.now() }),
      };
    },
  };
}
