import { startMoto } from '../../support/moto.ts';
import { plainClients } from '../../support/plain-clients.ts';
import { type AwsUnderTest, assume, home, roleName } from './aws-under-test.ts';

export async function awsOnMoto(): Promise<AwsUnderTest> {
  const moto = await startMoto();
  const clients = plainClients(moto.endpoint);
  let accounts = 0;

  return {
    clients,
    // There, whatever begins is over.
    settle: async () => {},
    stop: () => moto.stop(),
    account: async () => {
      accounts += 1;
      const id = String(200_000_000_000 + accounts);
      const [roleArn, externalId] = [`arn:aws:iam::${id}:role/${roleName}`, 'agreed'];
      const credentials = await assume(clients, { roleArn, externalId });
      const scope = (region = home) => ({ region, credentials });
      return {
        id,
        roleArn,
        externalId,
        scope,
        arrange: (how) => how.moto((service, region) => clients(service, scope(region))),
      };
    },
  };
}
