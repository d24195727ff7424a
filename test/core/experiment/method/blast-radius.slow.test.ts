import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startChronicle } from '#core/experiment/engine/chronicle.ts';
import { startCourse } from '#core/experiment/engine/course.ts';
import { injectStep } from '#core/experiment/engine/inject-step.ts';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import type { StepStrikes } from '#core/experiment/engine/ports.ts';
import { startSampling } from '#core/experiment/engine/sampling-session.ts';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import type { MethodStep, Select } from '#core/model/experiment.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { aConfig } from '../../../support/a-config.ts';
import { aGroup, aMember, inspectionOf } from '../../../support/a-group.ts';
import { aTarget } from '../../../support/a-target.ts';
import { aWorld } from '../../../support/a-world.ts';
import { testSeed } from '../../../support/test-seed.ts';

const id = '20261123T090000Z-00000001';
const startsAt = Date.parse('2026-11-23T09:00:00Z');

const aSelect: fc.Arbitrary<Select> = fc.oneof(
  fc.constant<Select>('all'),
  fc.record({ count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ percent: fc.double({ min: 0.1, max: 100, noNaN: true }) }),
);

const someGroups = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 6 }), hasOptedIn: fc.boolean() }), { maxLength: 6 })
  .map((seeds) =>
    seeds.map(({ size, hasOptedIn }, index) => {
      const name = `web-${index}`;
      const members = Array.from({ length: size }, (_, at) => aMember({ instanceId: `i-${index}-${at}` }));
      return aGroup({ name, members, ...(!hasOptedIn && { tags: {} }) });
    }),
  );

/** Injects a step, and returns how often each group was struck, and why nothing was if so. */
async function inject(groups: ReturnType<typeof aGroup>[], select: Select, maxPercent: number) {
  const clock = new VirtualClock({ startsAt, jumps: true });
  const config = aConfig({ experiments: { maxPercent } });
  const method = worldMethod(
    id,
    aWorld({ config, groups, clock, inspect: inspectionOf }),
    async () => new Map(),
  );
  const step: MethodStep = {
    name: 'lose',
    fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
    target: { kind: 'asg', select },
    ...{ holdMs: 60_000, startAfter: [] },
  };
  const struck: string[] = [];
  const control = { stopped: async () => undefined, renewLease: async () => {}, announce: async () => {} };
  const describe = () => ({ what: '', measures: 'events' as const, settlesMs: 0 });
  const course = startCourse();
  course.phases.push({ is: 'baseline', stage: 1, from: clock.now() });
  const session = startSampling([], () => clock.now());
  const ended = await injectStep(step, 1, [], {
    host: plainHost(clock, async () => false),
    ...{ clock, control, describe, course, chronicle: startChronicle([]), rehearsal: false },
    ...{ probes: [], judged: [], binMs: 1_000, showsAfterMs: () => 0 },
    segmentParts: async () => ({ clock, control, describe, session }),
    method: {
      ...method,
      strike: async ({ name, fault }, { rounds }, stage): Promise<StepStrikes> => {
        struck.push(...rounds.flat());
        const strikes = rounds.flat().map((group) => ({
          ...{ step: name, stage, group, fault, target: aTarget({ group }), detail: '', byHand: [] },
          outcome: 'succeeded' as const,
        }));
        return { strikes, failures: [] };
      },
    },
  });
  return { struck, why: 'why' in ended ? ended.why : undefined };
}

test('whatever is selected of whatever is there, no more is struck than the file and the configuration allow', async () => {
  const seen = { struck: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      someGroups,
      aSelect,
      fc.integer({ min: 1, max: 100 }),
      async (groups, select, maxPercent) => {
        const { struck, why } = await inject(groups, select, maxPercent);
        const open = groups.filter(({ tags }) => tags['chaos:opt-in'] === 'true');
        const targets = open.reduce((sum, { members }) => sum + members.length, 0);
        const share = (percent: number) => Math.max(1, Math.floor((targets * percent) / 100));
        expect(struck.length).toBeLessThanOrEqual(share(maxPercent));
        if (select !== 'all' && 'percent' in select) {
          expect(struck.length).toBeLessThanOrEqual(share(select.percent));
        }
        if (select !== 'all' && 'count' in select) expect([0, select.count]).toContain(struck.length);
        for (const key of struck) {
          const group = open.find((one) => one.key === key);
          const times = struck.filter((one) => one === key).length;
          expect(times).toBeLessThanOrEqual(group?.members.length ?? 0);
        }
        expect(struck.length > 0).toBe(why === undefined);
        if (struck.length > 0) seen.struck += 1;
        if (why?.includes('experiments.maxPercent') === true) {
          seen.refused += 1;
          expect(why).toMatch(
            /^step lose: \d+ of the \d+ targets? that can be struck are more than the \d+ /,
          );
        }
      },
    ),
    { seed: testSeed(), numRuns: 200 },
  );
  expect(seen.struck).toBeGreaterThan(20);
  expect(seen.refused).toBeGreaterThan(20);
});
