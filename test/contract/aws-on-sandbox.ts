import { makeClients } from '#aws/clients.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { Sandbox } from '#sandbox/sandbox.ts';
import { type AccountUnderTest, type AwsUnderTest, assume, home, roleName } from './aws-under-test.ts';

export async function awsOnSandbox(): Promise<AwsUnderTest> {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const sandbox = new Sandbox({ clock, caller: { account: '111111111111', roleName: 'chaos-monkey' } });
  const clients = makeClients({ clock, concurrency: 10, transport: sandbox.transport });
  let accounts = 0;

  return {
    clients,
    // Long enough for everything, and not for terminated instances to be forgotten.
    settle: () => clock.advance(300_000),
    stop: async () => {},
    account: async (): Promise<AccountUnderTest> => {
      accounts += 1;
      const id = String(200_000_000_000 + accounts);
      const account = sandbox.account(id);
      const externalId = 'agreed';
      const { arn: roleArn } = account.role({
        name: roleName,
        trust: { principal: sandbox.callerRole, externalId },
      });
      const credentials = await assume(clients, { roleArn, externalId });
      const region = account.region(home);
      return {
        id,
        roleArn,
        externalId,
        scope: (name = home) => ({ region: name, credentials }),
        instances: async (count, tags, name = home) =>
          Array.from({ length: count }, () => account.region(name).instance({ tags }).id),
        spotInstance: async () => region.instance({ traits: { purchase: 'spot' } }).id,
        group: async (group) => {
          region.autoScalingGroup(group);
        },
        protect: async (id) => region.instanceAt(clock.now(), id)?.protect(),
        protectFromStop: async (id) => region.instanceAt(clock.now(), id)?.protectFromStop(),
        suspend: async (group, process) => region.groupsAt(clock.now()).get(group)?.suspend(process),
        protectFromScaleIn: async (group, id) =>
          region.groupsAt(clock.now()).get(group)?.protectFromScaleIn(id),
        table: async (name) => {
          region.table({
            name,
            partitionKey: 'pk',
            sortKey: 'sk',
          });
        },
        topic: async (name) => region.topic(name).arn,
        secureString: async (name, value) => region.parameter({ name, value, type: 'SecureString' }),
        alarm: async (name, state, type) => region.alarm(name, state, type),
      };
    },
  };
}
