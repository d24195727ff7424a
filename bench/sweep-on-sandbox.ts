import { callsInFlight as concurrency, makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { parseRequest } from '#core/config/run-request.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import { run } from '#core/run/run.ts';
import { startRun } from '#core/run/start-run.ts';
import { faults } from '#faults/registry.ts';
import { Sandbox } from '#sandbox/sandbox.ts';
import { onboard } from '#sandbox/scenario.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { awsWorld } from '#wiring/world.ts';
import { groupsPerRegion, instancesPerGroup, wideConfig } from './wide-config.ts';

const latencyMs = 50;

/**
 * Makes a leashed run over a fleet on the sandbox, where every call takes 50 ms of real time. The lower bound is the time of the calls
 * alone: calls x latency / calls in flight.
 */
export async function sweepOnSandbox(accounts: number) {
  const config = wideConfig(accounts);
  const byAction = new Map<string, number>();
  const sandbox = new Sandbox({
    clock,
    caller: { account: config.master.account, roleName: 'chaos-monkey-master' },
    onCall: ({ action }) => byAction.set(action, (byAction.get(action) ?? 0) + 1),
    network: { durationOf: () => latencyMs, effectOn: () => undefined },
  });
  onboard(sandbox, config);
  for (const account of config.accounts) {
    for (const region of account.regions) {
      for (let index = 0; index < groupsPerRegion; index += 1) {
        sandbox
          .account(account.id)
          .region(region)
          .autoScalingGroup({
            name: `service-${index}`,
            desired: instancesPerGroup,
            tags: { 'chaos:opt-in': 'true' },
          });
      }
    }
  }

  const clients = makeClients({ clock, concurrency, transport: sandbox.transport });
  const world = awsWorld({
    config,
    faults,
    clock,
    clients,
    sessions: assumedSessions(clients, config.master.region),
    ledger: inMemoryLedger({ newSecret: () => 'ab'.repeat(32) }),
    announcer: { announce: async () => {}, announcePlan: async () => {}, raiseAlarm: async () => {} },
    journal,
  });
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const report = await run(
    startRun(parseRequest({}, config, faults), 'cli', {
      clock,
      newId: () => '00000001',
      invocationId: 'bench',
      timeLeftMs: 900_000,
    }),
    world,
  );
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);

  const calls = [...byAction.values()].reduce((sum, count) => sum + count, 0);
  const boundMs = (calls * latencyMs) / concurrency;
  const accountRegions = report.counts.regionsSurveyed;
  if (accountRegions !== accounts * 2 || report.failures.length > 0) {
    throw new Error(`the sweep was incomplete: ${JSON.stringify(report.counts)}`);
  }
  return {
    accounts,
    groups: report.counts.groups,
    concurrency,
    calls,
    callsPerAccountRegion: calls / accountRegions,
    wallMs,
    boundMs,
    wallOverBound: wallMs / boundMs,
    cpuMsPerAccountRegion: (user + system) / 1_000 / accountRegions,
  };
}
