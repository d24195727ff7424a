import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import type { RunRequestInput } from '#core/config/run-request.ts';
import type { Tags } from '#core/model/group.ts';
import { replay } from '#core/replay/replay.ts';
import type { Recording } from '#core/reports/recording.ts';
import { run } from '#core/run/run.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { type InstanceGroup, type InstanceObservation, protections } from '#targets/instances/model.ts';
import { kinds } from '#wiring/kinds.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup, aMember, inspectionOf } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld, fixedClock } from '../../support/a-world.ts';

const secret = 'ab'.repeat(32);
const half: Partial<ConfigInput> = { rate: { probability: 0.5 } };
const fleet = ['web', 'api', 'cart', 'pay', 'search'].map((name) => aGroup({ name }));

/** The recording of a run of these groups, as it comes back from where it was kept. */
async function recordingOf(
  groups: readonly InstanceGroup[] = fleet,
  config: Partial<ConfigInput> = half,
  request: RunRequestInput = {},
): Promise<Recording> {
  const world = aWorld({ config: aConfig(config), groups });
  const { runId } = await run(aRun(world, request), world);
  return kept(await world.ledger.recording(runId));
}
function kept(recording: Recording | undefined): Recording {
  if (recording === undefined) throw new Error('it was not recorded');
  return JSON.parse(JSON.stringify(recording)) as Recording;
}

const aTag = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Tags[]>(
      { 'chaos:probability': '0.5' },
      { 'chaos:probability': '0' },
      { 'chaos:probability': 'often' },
      { 'chaos:mean-days': '2' },
      { 'chaos:min-healthy': '50%' },
      { 'chaos:faults': 'ec2-stop ec2-reboot' },
      { 'chaos:faults': 'ec2-melt' },
      { 'chaos:app': 'shop' },
      { 'chaos:alarm': 'errors' },
    ),
  },
);
const aListedMember = (index: number) =>
  fc
    .record({
      zone: fc.constantFrom('eu-west-1a', 'eu-west-1b'),
      healthy: fc.boolean(),
      lifecycle: fc.constantFrom('InService', 'Standby', 'Terminating:Wait'),
      protectedFromScaleIn: fc.boolean(),
    })
    .map((one) => aMember({ ...one, instanceId: `i-${index}`, state: `${one.lifecycle}/Healthy` }));
const seldom = (names: readonly string[]) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant(names) });
/** Groups in whatever trouble: some are struck, the others are spared for many reasons. */
const aFleet = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('web', 'api', 'cart', 'pay', 'search', 'mail', 'log'),
      kind: fc.constantFrom('asg' as const, 'tag' as const),
      tags: aTag,
      members: fc.oneof(
        { weight: 1, arbitrary: fc.tuple(...[0, 1, 2, 3].map(aListedMember)) },
        { weight: 4, arbitrary: fc.constant([0, 1, 2, 3].map((id) => aMember({ instanceId: `i-${id}` }))) },
      ),
      suspendedProcesses: seldom(['Launch']),
      conflictingTags: seldom(['chaos:app']),
    }),
    { selector: ({ name }) => name, maxLength: 7 },
  )
  .map((all) =>
    all.map(({ tags, ...one }) => aGroup({ ...one, desired: 3, tags: { 'chaos:opt-in': 'true', ...tags } })),
  );
const aRate = fc.constantFrom(
  { probability: 1 },
  { probability: 0.5 },
  { meanDays: 1 },
  { meanDays: 3, minDays: 2 },
);
const aState = fc.constantFrom('running', 'running', 'running', 'stopped');

describe('replay', () => {
  test('decides a recorded run again as it was decided, whatever the groups, their history and the answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ groups: aFleet, rate: aRate, secret: fc.string(), force: fc.boolean(), state: aState }),
        fc.func(fc.boolean()),
        async ({ groups, rate, secret, force, state }, isSo) => {
          const clock = aClock('2026-11-23T13:00:00Z');
          const world = aWorld({
            config: aConfig({ rate }),
            groups,
            secret,
            clock,
            protectionsOf: ({ id }) => {
              if (isSo('throws', id) && isSo('twice', id)) throw new Error('AccessDenied');
              return protections.filter((from) => isSo('protected', id) && isSo(from, id));
            },
            inspect: (group) => inspectionOf(group, ({ instanceId }) => (isSo(instanceId) ? { state } : {})),
            observe: ({ group }): InstanceObservation => ({
              group: groups.find(({ key }) => key === group),
              target: { instanceState: 'terminated', launchedAt: undefined, lifecycle: undefined },
              launchesEnded: [],
              isScaling: false,
            }),
          });
          const { inspect } = world.fleet;
          const partly = {
            ...world,
            fleet: {
              ...world.fleet,
              // Some groups cannot be looked up.
              inspect: async (...[drawn, ...rest]: Parameters<typeof inspect>) =>
                inspect(
                  drawn.filter(({ key }) => isSo('seen', key) || isSo('seen after all', key)),
                  ...rest,
                ),
            },
          };
          for (const [time, id] of [
            ['2026-11-23T13:00:00Z', '00000001'],
            ['2026-11-23T14:00:00Z', '00000002'],
          ] as const) {
            clock.set(time);
            const report = await run(aRun(world, { slot: time, force }, id), partly);
            const recording = kept(await world.ledger.recording(report.runId));
            const replayed = replay(recording, secret, { faults, kinds });
            // What a budget turned into a spare was decided as a strike.
            const decided = recording.groups.filter(({ decision }) => decision.verdict === 'strike');
            expect(decided.length).toBeGreaterThanOrEqual(report.strikes.length);
            expect(replayed).toEqual({
              schemaVersion: 2,
              runId: report.runId,
              groups: groups.length,
              chosen: decided.length,
              differences: 0,
            });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a run that lost a claim replays as well: it was decided before the claim', async () => {
    const world = aWorld({ config: aConfig({ budgets: { perDay: { organization: 2 } } }), groups: fleet });
    const report = await run(aRun(world), world);
    expect(report.counts.spared).toEqual({ 'budget-exhausted': 3 });
    expect(replay(kept(await world.ledger.recording(report.runId)), secret, { faults, kinds })).toMatchObject(
      {
        chosen: 5,
        differences: 0,
      },
    );
  });

  test('so does a leashed run, one that was forced, and one of a fault of its own', async () => {
    const fault = { name: 'ec2-terminate', parameters: { via: 'autoscaling' } };
    for (const request of [
      { dryRun: true },
      { force: true },
      { force: true, fault },
      { groups: ['web', 'nope'] },
    ]) {
      expect(replay(await recordingOf(fleet, half, request), secret, { faults, kinds }).differences).toBe(0);
    }
  });

  describe('finds', () => {
    test('another secret, and names the first difference by its group', async () => {
      const recording = await recordingOf();
      const { differences, first } = replay(recording, 'another', { faults, kinds });
      // Every number is another one, whatever came of it.
      expect(differences).toBe(5);
      const [api] = recording.groups.filter(({ group }) => group.name === 'api');
      expect(first?.group).toBe(aGroup({ name: 'api' }).key);
      expect(first?.recorded).toEqual({ decision: api?.decision, targetId: api?.targetId ?? null });
      expect(first?.replayed.decision.drawn).not.toBe(first?.recorded.decision.drawn);
    });

    test('another configuration', async () => {
      const recording = await recordingOf(fleet, { rate: { probability: 1 } });
      const config = { ...(recording.config as object), rate: { probability: 0 } };
      const { differences, first } = replay({ ...recording, config }, secret, { faults, kinds });
      expect(differences).toBe(5);
      expect(first).toMatchObject({
        group: aGroup({ name: 'api' }).key,
        recorded: { decision: { verdict: 'strike' }, targetId: expect.stringMatching(/^i-api-/) },
        replayed: { decision: { reason: { code: 'probability-zero' } }, targetId: null },
      });
    });

    test('another decision, and that alone', async () => {
      const recording = await recordingOf(fleet, { rate: { probability: 1 } });
      const groups = recording.groups.map((one) =>
        one.group.name === 'pay' ? { ...one, decision: { ...one.decision, verdict: 'spare' as const } } : one,
      );
      expect(replay({ ...recording, groups }, secret, { faults, kinds })).toMatchObject({
        differences: 1,
        first: { group: aGroup({ name: 'pay' }).key, replayed: { decision: { verdict: 'strike' } } },
      });
    });

    test('another instance', async () => {
      const recording = await recordingOf(fleet, { rate: { probability: 1 } });
      const groups = recording.groups.map((one) =>
        one.group.name === 'cart' ? { ...one, targetId: 'i-other' } : one,
      );
      expect(replay({ ...recording, groups }, secret, { faults, kinds })).toMatchObject({
        differences: 1,
        first: {
          recorded: { targetId: 'i-other' },
          replayed: { targetId: expect.stringMatching(/^i-cart-/) },
        },
      });
    });

    test('another moment: the instances are old enough by then', async () => {
      const world = aWorld({
        config: aConfig({ guards: { minInstanceAgeMinutes: 60_000 } }),
        groups: fleet,
        clock: fixedClock('2026-11-23T09:00:00Z'),
      });
      const { runId } = await run(aRun(world), world);
      const recording = kept(await world.ledger.recording(runId));
      expect(replay(recording, secret, { faults, kinds })).toMatchObject({ chosen: 0, differences: 0 });
      const later = { ...recording, now: recording.now + 60_000 * 60_000 };
      expect(replay(later, secret, { faults, kinds }).differences).toBe(5);
    });

    test('a group that was looked up and is recorded as if it was not', async () => {
      const recording = await recordingOf(fleet.slice(0, 1), { rate: { probability: 1 } });
      const groups = recording.groups.map(({ looked: _looked, ...rest }) => rest);
      expect(replay({ ...recording, groups }, secret, { faults, kinds })).toMatchObject({
        differences: 1,
        first: { replayed: { decision: { verdict: 'strike' }, targetId: null } },
      });
    });
  });

  test.each([
    [
      'configuration',
      { config: { accounts: [] } },
      /^configuration of run 20261123T090000Z-00000001 is not valid/,
    ],
    ['request', { request: { slots: 3 } }, /slots: unknown key/],
  ])('refuses a recorded %s that is not valid any more', async (_, changed, message) => {
    const recording = { ...(await recordingOf()), ...changed };
    const attempt = () => replay(recording, secret, { faults, kinds });
    expect(attempt).toThrow(InvalidInput);
    expect(attempt).toThrow(message);
  });
});
