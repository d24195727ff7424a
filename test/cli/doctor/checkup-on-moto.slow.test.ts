import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { checkup } from '#cli/doctor/checkup.ts';
import { parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { aTerminal } from '../../support/a-terminal.ts';
import { motoAvailable, sayWithoutMoto } from '../../support/moto.ts';
import { createMasterStack, motoForCli, motoAccountId as own } from '../../support/moto-for-cli.ts';

const region = 'eu-west-1';
const config = {
  master: { account: own, region },
  accounts: [own],
  regions: [region],
  externalId: 'chaos-test',
  notifications: { emails: ['ann@example.com', 'bob@example.com'] },
};
/** The machine may be slow. */
const endless = { callMs: 600_000, lookMs: 600_000 };

if (!motoAvailable()) sayWithoutMoto('chaos doctor, on moto');

describe.runIf(motoAvailable())('chaos doctor, over the network', () => {
  const clients = makeClients({ clock, concurrency: 4 });
  motoForCli();

  async function levels() {
    const { terminal } = aTerminal();
    const parts = {
      ...{ terminal, clock, clients, cwd: '/', env: {} },
      readConfigSummary: async () => 'unexpected',
      onInterrupt: () => () => {},
      finish: () => {},
    };
    const checks = await checkup(parseConfig(config, faults), 'x.yaml', parts, endless);
    // Whether the schedule should have run by now depends on the day.
    return checks.filter(({ check }) => check !== 'schedule').map(({ check, level }) => `${check} ${level}`);
  }

  test('reports what is deployed and what is missing', async () => {
    expect(await levels()).toEqual([
      'configuration ok',
      'window ok',
      'credentials ok',
      'stack fail',
      'function fail',
    ]);
    await createMasterStack(clients, region);
    expect((await levels()).slice(3)).toEqual([
      'stack ok',
      'function fail',
      'stop ok',
      'last run warn',
      'subscriptions ok',
      'subscriptions warn',
    ]);
  });
});
