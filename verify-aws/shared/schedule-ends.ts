import { awsReach } from '#aws/reach.ts';
import type { LastingFault } from '#core/model/fault.ts';
import type { Target } from '#core/model/target.ts';
import type { Maker } from '../bench.ts';
import { type Check, doesNotHold, holds } from '../fact.ts';
import { struckWith, whenSo } from './struck.ts';

/** A schedule's moment is a whole minute, more or less, and a new role is not known everywhere at once. */
const firesAfterMs = 90_000;
const graceMs = 4 * 60_000;
const showsMs = 3 * 60_000;

/** Injects a fault that a schedule ends, and arranges for that by the code of a run. Nobody else undoes it. */
export function scheduleEnds(of: {
  readonly fault: LastingFault;
  readonly make: (make: Maker) => Promise<Target>;
  readonly creates: readonly string[];
  readonly parameters: unknown;
}): Check {
  const { fault } = of;
  const actions = fault.permissions
    .filter(({ phases = [] }) => phases.includes('undo'))
    .map(({ action }) => action);
  return {
    creates: [...of.creates, 'a schedule with its role and group'],
    cents: 0.1,
    minutes: 10,
    run: async (bench) => {
      const target = await of.make(bench.make);
      const { arns } = await bench.make.role({
        service: 'scheduler.amazonaws.com',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: [...new Set(actions)], Resource: '*' }],
        },
      });
      await bench.make.scheduleGroup();
      const { strike, saved, observe } = await struckWith(bench, fault, target, of.parameters, 60_000);
      if (fault.ends.by !== 'schedule') throw new Error(`${fault.name} is ended by ${fault.ends.by}`);

      // AWS may take a while to show it, and would take that while for the end.
      const shown = await whenSo(
        bench,
        bench.clock.now() + showsMs,
        async () => (await observe()) === 'ours',
      );
      if (shown === undefined) throw new Error(`the fault was injected, and is found ${await observe()}`);

      const at = bench.clock.now() + firesAfterMs;
      const until = at + graceMs;
      const reach = awsReach(bench, undefined, { region: bench.region, undoRoleArn: arns.role ?? '' });
      const calls = fault.ends.calls(strike, target, saved);
      bench.removeLater(`the schedules of strike ${strike.id}`, () =>
        reach.disarm(strike.id, calls.length, bench.clock.now() + 60_000),
      );
      await reach.arm(strike.id, calls, at, until);

      const ended = await whenSo(bench, until, async () => (await observe()) === 'before');
      return ended === undefined
        ? doesNotHold(`it was still ${await observe()} ${graceMs / 60_000} min after the schedule's moment`)
        : holds(`as it was before, ${Math.round((ended - at) / 1_000)} s after the schedule's moment`);
    },
  };
}
