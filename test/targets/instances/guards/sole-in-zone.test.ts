import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { soleInZone } from '#targets/instances/guards/sole-in-zone.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aGroup, aMember } from '../../../support/a-group.ts';
import { aCandidate, aGuardContext } from '../../../support/a-guard-context.ts';

const context = aGuardContext();
const anyGroup = fc
  .array(fc.record({ healthy: fc.boolean(), zone: fc.constantFrom('a', 'b', 'c') }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((seen) =>
    aGroup({ members: seen.map((one, index) => aMember({ ...one, instanceId: `i-${index}` })) }),
  );

const zonesUp = (group: InstanceGroup, without?: string) =>
  new Set(
    group.members
      .filter(({ healthy, instanceId }) => healthy && instanceId !== without)
      .map(({ zone }) => zone),
  ).size;

describe('soleInZone', () => {
  test('of a group in several zones, a healthy instance passes just where its strike takes the group out of none', () => {
    fc.assert(
      fc.property(anyGroup, (group) => {
        const zones = new Set(group.members.map(({ zone }) => zone)).size;
        for (const member of group.members.filter(({ healthy }) => healthy)) {
          const { passes } = soleInZone.check(aCandidate({ group, member }), context);
          expect(passes).toBe(zones === 1 || zonesUp(group, member.instanceId) === zonesUp(group));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
