import { undoWorld } from '#cli/deployed/undo-world.ts';
import { addLayeredFunction } from '#cli/sandbox/layered-function.ts';
import { sandboxWorld } from '#cli/sandbox/sandbox-world.ts';
import { undoHere } from '#core/experiment/method/undo-now.ts';
import { groupKey } from '#core/model/group.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { aConfig } from '../../../support/a-config.ts';

/** A sandbox with some functions that have the failure layer and have opted in, and the world of an experiment on it. */
export async function aLambdaWorld(functions: number, alsoTagged: Readonly<Record<string, string>> = {}) {
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
  const tags = { 'chaos:opt-in': 'true', ...alsoTagged };
  const parameters = names.map((name) => addLayeredFunction(region, { name, tags, now: clock.now() }));
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
    /** As the printed command does it. */
    resetByHand: (value = '{}') => {
      for (const name of parameters) region.parameters.put({ name, value, type: 'String' });
    },
    remove: () => {
      for (const name of parameters) region.parameters.delete(name);
    },
    values: () => parameters.map((parameter) => region.parameters.get(parameter)?.value ?? ''),
  };
}
