import { makeClients } from '#aws/clients/clients.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { awsStriker } from '#aws/striker.ts';
import type { Config } from '#core/config/config.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { Fleet } from '#core/ports/fleet.ts';
import { faults } from '#faults/registry.ts';
import type { SandboxCall } from '#sandbox/call.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import type { SandboxOptions } from '#sandbox/sandbox.ts';
import { onboard } from '#sandbox/scenario.ts';
import { awsFleet } from '#targets/fleet.ts';
import type { InstanceTypes } from '#targets/instances/model.ts';
import { instancesReader } from '#targets/instances/reader.ts';
import type { KindReader } from '#targets/kind-reader.ts';
import { kinds } from '#targets/registry.ts';
import { aConfig } from './a-config.ts';
import { DisruptableSandbox } from './disruptions.ts';

export const monday = Date.parse('2026-11-23T09:00:00Z');

/** The real fleet, of instances unless told otherwise, and striker on a sandbox with every target account onboarded, and a note of every call. */
export function aSandboxWorld(
  config: Config = aConfig(),
  {
    readers = [instancesReader],
    ...options
  }: Partial<Omit<SandboxOptions, 'clock' | 'caller'>> & { readonly readers?: readonly KindReader[] } = {},
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
  const fleet = awsFleet({ readers, clients, sessions, config, clock, concurrency: 16 });
  return {
    config,
    clock,
    sandbox,
    master,
    clients,
    sessions,
    calls,
    fleet: fleet as Fleet<InstanceTypes>, // Unless a test asks for other readers.
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
