import { undoWorld } from '#cli/deployed/undo-world.ts';
import { sandboxWorld } from '#cli/sandbox/sandbox-world.ts';
import { undoHere } from '#core/experiment/method/undo-now.ts';
import { groupKey } from '#core/model/group.ts';
import { functionTag, parameterFolder, parameterVariable } from '#layer/parameter.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { aConfig } from '../../../support/a-config.ts';

/** A sandbox with some functions that have the failure layer and have opted in, and the world of an experiment on it. */
export async function aLambdaWorld(functions: number) {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const config = {
    ...aConfig({ faults: ['lambda-latency', 'lambda-error', 'lambda-concurrency'] }),
    leashed: false,
  };
  const secret = 'ab'.repeat(32);
  const { sandbox, world, clients } = sandboxWorld({ config, clock, journal, newSecret: () => secret });
  const [{ id: account, regions: [regionName = ''] = [] } = { id: '' }] = config.accounts;
  const region = sandbox.account(account).region(regionName);
  const names = Array.from({ length: functions }, (_, index) => `images-${index}`);
  for (const name of names) {
    const parameter = `${parameterFolder}${name}`;
    const tags = { 'chaos:opt-in': 'true' };
    region.functions.add({ name, tags, environment: { [parameterVariable]: parameter } });
    region.parameters.put({
      name: parameter,
      value: '{}',
      type: 'String',
      tags: { ...tags, [functionTag]: name },
    });
    region.metrics.put({
      ...{ namespace: 'AWS/Lambda', name: 'Invocations', dimensions: { FunctionName: name } },
      at: clock.now() - 30 * 60_000,
      value: 1_000,
    });
  }
  const { undoer } = await undoWorld({
    clients,
    clock,
    ledger: world.ledger,
    master: config.master,
    flags: '',
  });
  return {
    world,
    undoer,
    undoNow: undoHere({ ...world, undoer }),
    sandbox,
    clock,
    keys: names.map((name) => groupKey({ account, region: regionName, kind: 'function', name })),
    values: () => names.map((name) => region.parameters.get(`${parameterFolder}${name}`)?.value ?? ''),
  };
}
