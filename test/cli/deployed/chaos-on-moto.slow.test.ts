import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientScope, Clients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { stackName } from '#lib/outputs.ts';
import { assume } from '../../contract/aws/aws-under-test.ts';
import { aCli } from '../../support/a-cli.ts';
import { motoAvailable, sayWithoutMoto } from '../../support/moto.ts';
import { createMasterStack, motoForCli, motoAccountId as own } from '../../support/moto-for-cli.ts';
import { plainClients } from '../../support/plain-clients.ts';
import { scheduleOpenNow } from '../../support/schedule-open-now.ts';

const other = '222222222222';
const region = 'eu-west-1';
const config = {
  master: { account: own, region },
  accounts: [own, other],
  regions: [region],
  externalId: 'chaos-test',
  leashed: false,
  // What moto has was launched just now, by the real clock.
  schedule: scheduleOpenNow(clock.now()),
  guards: { minInstanceAgeMinutes: 0, minGroupAgeMinutes: 0 },
};
if (!motoAvailable()) sayWithoutMoto('the command line, on moto');

describe.runIf(motoAvailable())('chaos, over the network', () => {
  let clients: Clients;
  const moto = motoForCli();
  let folder: string;
  let chaos: ReturnType<typeof aCli>;
  let scopes: Readonly<Record<string, ClientScope>>;
  beforeAll(async () => {
    clients = plainClients(moto().endpoint);
    folder = await mkdtemp(join(tmpdir(), 'chaos-moto-'));
    await writeFile(join(folder, 'chaos.config.ts'), `export default ${JSON.stringify(config)};`);
    chaos = aCli({ clock, cwd: folder });

    const roleArn = `arn:aws:iam::${other}:role/fixture`;
    scopes = {
      [own]: { region },
      [other]: { region, credentials: await assume(clients, { roleArn, externalId: config.externalId }) },
    };
    for (const scope of Object.values(scopes)) {
      await clients(EC2Client, scope).send(
        new RunInstancesCommand({
          ImageId: 'ami-12345678',
          MinCount: 3,
          MaxCount: 3,
          TagSpecifications: [
            {
              ResourceType: 'instance',
              Tags: [
                { Key: 'chaos:opt-in', Value: 'true' },
                { Key: 'chaos:group', Value: 'workers' },
              ],
            },
          ],
        }),
      );
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** How many instances run, by account. */
  async function running() {
    const counts: Record<string, number> = {};
    for (const [account, scope] of Object.entries(scopes)) {
      const { Reservations = [] } = await clients(EC2Client, scope).send(
        new DescribeInstancesCommand({ Filters: [{ Name: 'instance-state-name', Values: ['running'] }] }),
      );
      counts[account] = Reservations.flatMap(({ Instances = [] }) => Instances).length;
    }
    return counts;
  }

  test('surveys before anything is deployed; commands that need a deployment say so', async () => {
    const leashed = await chaos('run', '--here', '--force', '--json');
    expect(JSON.parse(leashed.out)).toMatchObject({ mode: 'leashed', counts: { leashed: 2, failures: 0 } });
    expect(leashed.exitCode).toBe(0);
    for (const args of [
      ['status'],
      ['resume'],
      ['stop', '--reason', 'sale'],
      ['run', '--here', '--unleash'],
    ]) {
      const { exitCode, notes } = await chaos(...args);
      expect(notes).toContain(`There is no stack ${stackName} in ${region}`);
      expect(exitCode).toBe(1);
    }
    expect(await running()).toEqual({ [own]: 3, [other]: 3 });
  });

  test('stops, is stopped, resumes, strikes and remembers', async () => {
    await createMasterStack(clients, region);
    expect(JSON.parse((await chaos('status', '--json')).out)).toMatchObject({ stop: null, runs: [] });

    expect((await chaos('stop', '--reason', 'sale')).out).toContain('STOPPED.');
    expect((await chaos('status')).out).toMatch(/^ STOPPED {2}"sale", by arn:aws:sts::123456789012:/);
    const stopped = await chaos('run', '--here', '--unleash', '--force');
    expect(stopped.out).toContain('Gate stop is closed: stopped by arn:aws:sts::123456789012:');
    expect(stopped.exitCode).toBe(1);
    expect(await running()).toEqual({ [own]: 3, [other]: 3 });

    expect((await chaos('resume')).out).toContain('Lifted: "sale"');
    const live = await chaos('run', '--here', '--unleash', '--force', '--json');
    expect(JSON.parse(live.out)).toMatchObject({ mode: 'live', counts: { succeeded: 2, failures: 0 } });
    expect(live.exitCode).toBe(0);
    expect(await running()).toEqual({ [own]: 2, [other]: 2 });

    const { stop, runs } = JSON.parse((await chaos('status', '--json')).out);
    expect(stop).toBeNull();
    expect(runs).toContainEqual(JSON.parse(live.out));
  });
});
