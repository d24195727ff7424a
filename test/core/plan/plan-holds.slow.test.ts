import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import type { ConfigInput } from '#core/config/config.ts';
import { slotId } from '#core/model/slot.ts';
import { makePlan } from '#core/plan/make-plan.ts';
import type { Plan, PlannedStrike } from '#core/reports/plan.ts';
import type { Strike } from '#core/reports/run-report.ts';
import { run } from '#core/run/run.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld } from '../../support/a-world.ts';

interface Made {
  readonly day: string;
  readonly slot: string;
  readonly strike: Strike;
}

/** Plans some days, and then makes every run of them: the plan, those made at the start of each day, and what was struck. */
async function planAndRun(
  config: Partial<ConfigInput>,
  groups: readonly InstanceGroup[],
  secret: string,
  days: readonly string[],
) {
  const clock = aClock(`${days[0]}T00:00:00Z`);
  const world = aWorld({
    config: aConfig({ ...config, schedule: { everyMinutes: 120 } }),
    groups,
    clock,
    secret,
    // Every group is back by the next slot.
    observe: ({ group }) => ({
      group: groups.find(({ key }) => key === group),
      target: { instanceState: undefined, launchedAt: undefined, lifecycle: undefined },
      launchesEnded: [],
      isScaling: false,
    }),
  });
  const calendar = makeCalendar(world.config);
  const ask = async (date: string, count: number) =>
    makePlan({ task: 'plan', date, days: count }, aRun(world), world);
  const plan = await ask(days[0] ?? '', days.length);
  const daily: Plan[] = [];
  const made: Made[] = [];
  for (const day of days) {
    daily.push(await ask(day, 1));
    for (const at of calendar.slots(day)) {
      clock.set(at);
      const slot = slotId(at);
      const { strikes, failures } = await run(aRun(world, { slot }), world);
      expect(failures).toEqual([]);
      made.push(...strikes.map((strike) => ({ day, slot, strike })));
    }
  }
  return { plan, daily, made };
}

const plannedText = ({ slot, group, fault, targetId }: PlannedStrike) =>
  `${slot} ${group} ${fault} ${targetId}`;
const madeText = ({ slot, strike: { group, fault, target } }: Made) =>
  `${slot} ${group} ${fault.name} ${target.id}`;
const strikesOf = ({ days }: Plan) => days.flatMap(({ strikes }) => strikes);

/** Thursday to the Wednesday after next. */
const days = Array.from({ length: 14 }, (_, index) => `2026-11-${String(12 + index).padStart(2, '0')}`);

const aName = fc.constantFrom('web', 'api', 'cart', 'pay', 'search');
const theirTags = fc.constantFrom(
  {},
  { 'chaos:probability': '1/3' },
  { 'chaos:mean-days': '2' },
  { 'chaos:mean-days': '3', 'chaos:min-days': '3' },
  { 'chaos:faults': 'ec2-stop ec2-reboot' },
  { 'chaos:probability': 'often' },
);
const groups = fc
  .uniqueArray(fc.record({ name: aName, kind: fc.constantFrom('asg', 'tag'), tags: theirTags } as const), {
    selector: ({ name }) => name,
    minLength: 1,
  })
  .map((all) => all.map((one) => aGroup({ ...one, tags: { 'chaos:opt-in': 'true', ...one.tags } })));
const config = fc.record({
  rate: fc.constantFrom<NonNullable<ConfigInput['rate']>[]>(
    { probability: 0.2 },
    { meanDays: 1 },
    { meanDays: 4, minDays: 2 },
  ),
  calendar: fc.constantFrom<NonNullable<ConfigInput['calendar']>[]>(
    {},
    { daysOff: [{ date: '2026-11-16', name: 'Company day' }] },
    { freezes: [{ from: '2026-11-13T11:00', to: '2026-11-16T13:00', reason: 'release' }] },
    { freezes: [{ from: '2026-11-13', to: '2026-11-17', reason: 'release', groups: ['*/web', 'pay'] }] },
  ),
});

describe('a plan', () => {
  test('is what the runs of its days then do, of a fleet that is well', async () => {
    await fc.assert(
      fc.asyncProperty(config, groups, fc.string(), async (input, fleet, secret) => {
        const { plan, daily, made } = await planAndRun(input, fleet, secret, days);
        const struck = made.map(madeText).toSorted();
        // Made in the morning, nothing is left that it could depend on.
        expect(daily.flatMap(strikesOf).flatMap(({ dependsOn }) => dependsOn)).toEqual([]);
        expect(daily.flatMap(strikesOf).map(plannedText).toSorted()).toEqual(struck);

        // Made two weeks ahead, it holds once what its entries depend on is known.
        const wasStruck = (group: string, day: string | undefined) =>
          made.some((one) => one.strike.group === group && one.day === day);
        const expected = strikesOf(plan).filter(({ group, dependsOn }) =>
          dependsOn.every((text) => !wasStruck(group, /^only if it is not struck on (\S+)$/.exec(text)?.[1])),
        );
        expect(expected.map(plannedText).toSorted()).toEqual(struck);
      }),
      { numRuns: 12 },
    );
  });
});
