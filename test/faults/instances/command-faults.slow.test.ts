import { describe, expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { cpuBurn } from '#faults/instances/cpu-burn.ts';
import { processKill } from '#faults/instances/process-kill.ts';
import { addDocuments } from '../lasting/a-managed-instance.ts';
import { aStrikeWorld, minuteMs, optIn } from '../lasting/a-strike-world.ts';

function aWorld(fault: LastingFault = cpuBurn as never) {
  const world = aStrikeWorld(fault);
  addDocuments(world);
  const instance = world.region.instance({ isManaged: true, tags: { ...optIn, 'chaos:group': 'web' } });
  const { node } = instance;
  if (node === undefined) throw new Error('SSM does not manage it');
  const strike = async (parameters: object = { percent: 80, minutes: 5 }) =>
    world.strike(await world.find('web'), parameters);
  const sent = () => world.region.commands.sent.map(({ document }) => document);
  const ended = async () => (await world.ledger.endedUndos(9)).found.map(({ end }) => end);
  const active = () => node.effectsAt(world.clock.now()).length;
  const states = async () => (await world.openEntries()).map(({ state }) => state);
  return { world, instance, node, strike, sent, ended, active, states };
}

describe('a fault by a document', () => {
  test('is over by its deadline, even if the agent takes all the time it may', async () => {
    const { world, strike } = aWorld();
    await strike({ percent: 30, minutes: 5 });
    const [command] = world.region.commands.sent;
    expect(command).toMatchObject({
      document: 'Chaos-CpuBurn',
      parameters: { Percent: '30', Seconds: '280' },
      timeoutSeconds: 30,
    });
    const [entry] = await world.openEntries();
    const latest = Number(command?.parameters.NotAfter) + Number(command?.parameters.Seconds);
    expect(latest * 1_000).toBe(Date.parse(entry?.deadline ?? ''));
    expect(command?.parameters.Strike).toBe(entry?.id);
  });

  test('takes the parameters of its document', async () => {
    const { world, strike } = aWorld(processKill as never);
    await strike({ process: 'nginx', minutes: 1 });
    expect(world.region.commands.sent[0]).toMatchObject({
      document: 'Chaos-ProcessKill',
      parameters: { Process: 'nginx', Seconds: '40' },
    });
  });

  test('cannot be done to a process that is never killed', () => {
    expect(processKill.parameters.safeParse({ process: 'sshd' }).success).toBe(false);
  });

  test.each([2, 3, 6, 7, 143])(
    'that ends with exit code %i has not begun, and is not undone',
    async (code) => {
      const { node, strike, sent, ended } = aWorld();
      node.exitCode = code;
      expect(await strike()).toEqual({
        outcome: 'failed',
        detail: expect.stringMatching(`NotInjected: Chaos-CpuBurn: Failed, exit code ${code}`),
      });
      expect(sent()).toEqual(['Chaos-CpuBurn']);
      expect(await ended()).toEqual(['withdrawn']);
    },
  );

  test('that is skipped has not begun, although its command succeeds', async () => {
    const { node, world, sent, ended } = aWorld();
    const entry = await world.reserve(await world.find('web'), { percent: 80, minutes: 5 });
    node.platform = 'Windows';
    expect(await world.inject(entry)).toMatchObject({ outcome: 'failed' });
    expect(sent()).toEqual(['Chaos-CpuBurn']);
    expect(await ended()).toEqual(['withdrawn']);
  });

  test('that another strike stands in the way of is undone at once', async () => {
    const { world, node, strike, sent, ended } = aWorld();
    const now = world.clock.now();
    const other = { Strike: 'another', Seconds: '60', NotAfter: String(now / 1_000 + 60) };
    node.run('Chaos-DiskFill', other, now);
    expect(await strike()).toEqual({
      outcome: 'failed',
      detail: expect.stringMatching(/strike another is active; undone at once/),
    });
    expect(sent()).toEqual(['Chaos-CpuBurn', 'Chaos-Undo']);
    expect(await ended()).toEqual(['undone']);
    expect(node.effectsAt(world.clock.now())).toMatchObject([{ strike: 'another' }]);
  });

  test('counts as begun where the answer to the first attempt was lost', async () => {
    const { world, strike, sent, active } = aWorld();
    world.sandbox.disruptions.loseAnswer({ action: 'ssm:SendCommand' }, 1);
    expect(await strike()).toMatchObject({ outcome: 'succeeded' });
    expect(sent()).toEqual(['Chaos-CpuBurn', 'Chaos-CpuBurn']);
    expect(active()).toBe(1);
  });

  test('whose command no agent picks up is not known to have begun, and is over a minute after its deadline', async () => {
    const { world, node, strike, states, ended } = aWorld();
    node.picksUp = false;
    expect(await strike()).toMatchObject({ outcome: 'unknown' });
    await world.janitors(4);
    expect(await states()).toEqual(['active']);
    await world.janitors(3);
    expect(await states()).toEqual([]);
    expect(await ended()).toEqual(['undone']);
  });

  test('is denied on an instance of our own, opted in or not', async () => {
    const { instance, strike, sent, ended } = aWorld();
    instance.setTags({ ...instance.tags, 'chaos:control-plane': 'true' });
    expect(await strike()).toMatchObject({
      outcome: 'failed',
      detail: expect.stringMatching(/not authorized/),
    });
    expect(sent()).toEqual([]);
    expect(await ended()).toEqual(['withdrawn']);
  });
});

describe('its undo', () => {
  const stopped = { reason: 'r', by: 'b', at: '2026-11-23T09:00:00Z' };
  const struck = async () => {
    const world = aWorld();
    expect(await world.strike()).toMatchObject({ outcome: 'succeeded' });
    return world;
  };

  test.each(['before', 'after'] as const)(
    'is sent where the run died %s any of its calls since the first',
    async (how) => {
      const counting = await struck();
      const { calls } = counting.world;
      const first = calls.findIndex(({ action }) => action === 'ssm:SendCommand');
      expect(first).toBeGreaterThan(0);
      const last = calls.length;
      for (let call = how === 'after' ? first : first + 1; call < last; call += 1) {
        const { world, strike, sent, states, active } = aWorld();
        world.diesAt(call, how);
        await world.untilDeath(strike);
        expect({ call, sent: sent() }).toEqual({ call, sent: ['Chaos-CpuBurn'] });
        await world.ledger.setStop(stopped);
        await world.janitors(3);
        expect({ call, sent: sent().at(-1), active: active() }).toEqual({
          call,
          sent: 'Chaos-Undo',
          active: 0,
        });
        // By clocks that differ, the run might be alive until then.
        await world.janitors(6);
        expect(await states()).toEqual([]);
      }
    },
  );

  test('waits for an agent that has gone until the strike has surely ended by itself', async () => {
    const { world, node, states, ended, active } = await struck();
    node.ping = 'ConnectionLost';
    await world.ledger.setStop(stopped);
    await world.janitors(4);
    expect(await states()).toEqual(['undo-failed']);
    expect(active()).toBe(1);
    await world.janitors(16);
    expect(await ended()).toEqual(['undone']);
  });

  test('reaches an agent that is back', async () => {
    const { world, node, ended, active } = await struck();
    node.ping = 'ConnectionLost';
    await world.ledger.setStop(stopped);
    await world.janitors(1);
    node.ping = 'Online';
    await world.janitors(1);
    expect([await ended(), active()]).toEqual([['undone'], 0]);
  });

  test('waits while the instance is stopped, as it may go on where it was', async () => {
    const { world, instance, states, ended } = await struck();
    await world.ledger.setStop(stopped);
    instance.stop(world.clock.now());
    await world.janitors(2);
    expect(await states()).toEqual(['undoing']);
    await world.janitors(5);
    expect(await ended()).toEqual(['undone']);
  });

  test('is never over by time alone where something is left that cannot be killed', async () => {
    const { world, node, states, ended } = await struck();
    node.exitCode = 1;
    await world.janitors(30);
    const [entry] = await world.openEntries();
    expect(entry).toMatchObject({
      state: 'undo-failed',
      problem: expect.stringMatching('Chaos-Undo: Failed, exit code 1'),
    });
    node.exitCode = undefined;
    await world.janitors(16);
    expect([await states(), await ended()]).toEqual([[], ['undone']]);
  });

  test('is not believed to have succeeded without saying so', async () => {
    const { world, node, states } = await struck();
    node.platform = 'Windows';
    await world.ledger.setStop(stopped);
    await world.janitors(2);
    expect(await states()).toEqual(['undo-failed']);
  });

  test('can be done by hand', async () => {
    const { world, node, instance, active } = await struck();
    const [entry] = await world.openEntries();
    expect(entry?.byHand).toEqual([
      `aws ssm send-command --document-name Chaos-Undo --instance-ids ${instance.id} --parameters Strike=${entry?.id} --region eu-west-1`,
    ]);
    node.run('Chaos-Undo', { Strike: entry?.id ?? '' }, world.clock.now());
    expect(active()).toBe(0);
    await world.pass(minuteMs);
  });
});
