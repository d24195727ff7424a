import { makeClients } from '#aws/clients/clients.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { awsStriker } from '#aws/striker.ts';
import type { Config } from '#core/config/config.ts';
import type { RunContext } from '#core/model/run-context.ts';
import { faults } from '#faults/registry.ts';
import type { SandboxCall } from '#sandbox/call.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import type { SandboxOptions } from '#sandbox/sandbox.ts';
import { onboard } from '#sandbox/scenario.ts';
import { awsFleet } from '#targets/fleet.ts';
import { kindReaders } from '#targets/reader-registry.ts';
import { kinds } from '#targets/registry.ts';
import { aConfig } from './a-config.ts';
import { DisruptableSandbox } from './disruptions.ts';

export const monday = Date.parse('2026-11-23T09:00:00Z');

/** The real fleet and striker on a sandbox with every target account onboarded, and a note of every call. */
export function aSandboxWorld(
  config: Config = aConfig(),
  options: Partial<Omit<SandboxOptions, 'clock' | 'caller'>> = {},
) {
  const clock = new VirtualClock({ startsAt: monday, jumps: true });
  const calls: SandboxCall[] = [];
  const sandbox = new DisruptableSandbox({
    clock,
    caller: { account: config.master.account, roleName: 'chaos-monkey-master' },
    onCall: (call) => calls.push(call),
    ...options,
  });
  const master = onboard(sandbox, config);
  const clients = makeClients({ clock, concurrency: 16, transport: sandbox.transport });
  const sessions = assumedSessions(clients, config.master.region);
  return {
    config,
    clock,
    sandbox,
    master,
    clients,
    sessions,
    calls,
    fleet: awsFleet({ readers: kindReaders, clients, sessions, config, clock, concurrency: 16 }),
    striker: awsStriker({ clients, sessions, config, faults, kinds, clock }),
  };
}

export function aRunContext(overrides: Partial<RunContext> = {}): RunContext {
  return {
    runId: '20261123T090000Z-00000001',
    deadline: monday + 285_000,
    surveyBy: monday + 199_500,
    ...overrides,
  };
}
