import { describe } from 'vitest';
import { type GuardEvidence, selectGuards } from '#core/guards/guard.ts';
import { instanceGuards } from '#targets/instances/guards/index.ts';
import type { InspectedInstance, InstanceCandidate, Member, Protection } from '#targets/instances/model.ts';
import { aConfig } from '../../../support/a-config.ts';
import { aGroup, aMember } from '../../../support/a-group.ts';
import { aCandidate, mondayMorning } from '../../../support/a-guard-context.ts';
import { type Case, type Cases, guardTable } from '../../../support/guard-table.ts';

const minutes = 60_000;

const lived = (lifecycle: string, overrides: Partial<Member> = {}) =>
  aCandidate({ member: aMember({ lifecycle, state: `${lifecycle}/Healthy`, healthy: false, ...overrides }) });
const inEc2 = (overrides: Partial<InspectedInstance>): InstanceCandidate => {
  const candidate = aCandidate();
  return candidate.instance === undefined
    ? candidate
    : { ...candidate, instance: { ...candidate.instance, ...overrides } };
};
const launched = (ago: number) => inEc2({ launchedAt: mondayMorning - ago });
const ofAge = { config: aConfig({ guards: { minInstanceAgeMinutes: 15 } }) };
const unknownToEc2 = aCandidate({ instance: undefined });

/** The first of members in these zones; `!` before a zone: not healthy. */
const inZones = (...zones: readonly string[]): InstanceCandidate => {
  const [first = aMember(), ...others] = zones.map((zone, index) =>
    aMember({ instanceId: `i-${index}`, zone: zone.replace('!', ''), healthy: !zone.startsWith('!') }),
  );
  return aCandidate({ member: first, group: aGroup({ members: [first, ...others] }) });
};

const protectedMember = aCandidate({ member: aMember({ protectedFromScaleIn: true }) });

describe('the guards of each instance', () => {
  guardTable(selectGuards(instanceGuards, 'candidate', 'target'), {
    'instance-standby': {
      passes: [
        ['an instance in service', aCandidate(), 'InService/Healthy'],
        ['one in transition', lived('Pending'), 'Pending/Healthy'],
      ],
      refuses: [
        ['Standby', lived('Standby'), 'Standby/Healthy'],
        ['EnteringStandby', lived('EnteringStandby'), 'EnteringStandby/Healthy'],
        ['Standby whatever its health', lived('Standby', { healthy: true }), 'Standby/Healthy'],
      ],
    },
    'instance-in-transition': {
      passes: [
        ['an instance in service', aCandidate(), 'InService/Healthy'],
        ['one on standby', lived('Standby'), 'Standby/Healthy'],
        ['a standalone one that is running', lived('running', { state: 'running' }), 'running'],
        ['one that EC2 does not know', unknownToEc2, 'InService/Healthy'],
      ],
      refuses: [
        ...[
          'Pending',
          'Pending:Wait',
          'Pending:Proceed',
          'Terminating',
          'Terminating:Wait',
          'Terminating:Proceed',
          'Terminating:Retained',
          'Terminated',
          'Detaching',
          'Detached',
          'ReplacingRootVolume',
          'ReplacingRootVolume:Wait',
          'Warmed:Pending:Wait',
          'Warmed:Terminating',
        ].map((lifecycle): Case<InstanceCandidate> => [lifecycle, lived(lifecycle), `${lifecycle}/Healthy`]),
        ...['pending', 'stopping', 'shutting-down'].flatMap((state): readonly Case<InstanceCandidate>[] => [
          [`${state} in EC2`, inEc2({ state }), `${state} in EC2`],
          [`a standalone one that is ${state}`, lived(state, { state }), `${state} in EC2`],
        ]),
        ['Pending whatever its health', lived('Pending:Wait', { healthy: true }), 'Pending:Wait/Healthy'],
      ],
    },
    'instance-not-in-service': {
      passes: [['an instance that both views call up', aCandidate(), 'InService/Healthy']],
      refuses: [
        [
          'one that its group calls unhealthy',
          lived('InService', { state: 'InService/Unhealthy' }),
          'InService/Unhealthy',
        ],
        [
          'one that EC2 does not call running',
          aCandidate({
            member: aMember({ healthy: false, state: 'InService/Healthy, but stopped in EC2' }),
          }),
          'InService/Healthy, but stopped in EC2',
        ],
        ['a standalone one that is stopped', lived('stopped', { state: 'stopped' }), 'stopped'],
        ['a lifecycle that nobody knows', lived('Quarantined'), 'Quarantined/Healthy'],
      ],
    },
    'instance-not-opted-in': {
      passes: [['the tag and its value', aCandidate(), 'has the tag chaos:opt-in=true']],
      refuses: [
        ['no tag', inEc2({ tags: {} }), 'no tag chaos:opt-in=true'],
        ['another value', inEc2({ tags: { 'chaos:opt-in': 'false' } }), 'no tag chaos:opt-in=true'],
      ],
      unknown: [['one that EC2 does not know', unknownToEc2, 'no tag chaos:opt-in=true']],
    },
    'instance-too-young': {
      passes: [
        ['one exactly of age', launched(15 * minutes), '15 minutes old, at least 15 minutes needed', ofAge],
        ['an old one', launched(5 * 60 * minutes), '5 hours old, at least 15 minutes needed', ofAge],
        [
          'any age where none is asked for',
          launched(0),
          '0 minutes old, at least 0 minutes needed',
          { config: aConfig({ guards: { minInstanceAgeMinutes: 0 } }) },
        ],
      ],
      refuses: [
        [
          'one a millisecond too young',
          launched(15 * minutes - 1),
          '14 minutes old, at least 15 minutes needed',
          ofAge,
        ],
      ],
      unknown: [
        ['one that EC2 does not know', unknownToEc2, 'could not be checked: EC2 does not know it'],
        [
          'a launch at no time at all',
          inEc2({ launchedAt: Number.NaN }),
          'NaN minutes old, at least 15 minutes needed',
          ofAge,
        ],
      ],
    },
    'sole-in-zone': {
      passes: [
        ['one of several in its zone', inZones('a', 'a', 'b'), '1 other healthy in a'],
        ['one of many in its zone', inZones('a', 'a', 'a', 'b'), '2 others healthy in a'],
        ['a group in one zone', inZones('a', 'a', 'a'), 'all its instances are in a'],
        [
          'the only one in its zone, where the configuration says so',
          inZones('a', 'b', 'b'),
          '0 others healthy in a, and guards.soleInZone is "strike"',
          { config: aConfig({ guards: { soleInZone: 'strike' } }) },
        ],
      ],
      refuses: [
        [
          'the only one in its zone',
          inZones('a', 'b', 'b'),
          '0 others healthy in a, and guards.soleInZone is "spare"',
        ],
        [
          'each of a group with one in every zone',
          inZones('a', 'b', 'c'),
          '0 others healthy in a, and guards.soleInZone is "spare"',
        ],
        [
          'one beside others that are down',
          inZones('a', '!a', '!a', 'b'),
          '0 others healthy in a, and guards.soleInZone is "spare"',
        ],
        [
          'one whose group is down in the other zone',
          inZones('a', '!b'),
          '0 others healthy in a, and guards.soleInZone is "spare"',
        ],
      ],
    },
    'scale-in-protected': {
      passes: [
        ['one that is not protected', aCandidate(), 'not protected from scale-in'],
        [
          'a protected one, where the configuration says so',
          protectedMember,
          'protected from scale-in, and guards.scaleInProtected is "strike"',
          { config: aConfig({ guards: { scaleInProtected: 'strike' } }) },
        ],
      ],
      refuses: [
        [
          'a protected one',
          protectedMember,
          'protected from scale-in, and guards.scaleInProtected is "spare"',
        ],
      ],
    },
  });
  guardTable(selectGuards(instanceGuards, 'protection'), {
    ...protectedFrom('termination'),
    ...protectedFrom('stop'),
  });
});

function protectedFrom(from: Protection): Readonly<Record<string, Cases<GuardEvidence['protection']>>> {
  const other = from === 'stop' ? 'termination' : 'stop';
  return {
    [`${from}-protected`]: {
      passes: [
        ['one that was not asked about yet', { protections: undefined }, 'not read yet'],
        ['one that is not protected', { protections: { ok: true, value: [] } }, `not protected from ${from}`],
        [
          'one that is protected otherwise, which another guard says',
          { protections: { ok: true, value: [other] } },
          `not protected from ${from}`,
        ],
      ],
      refuses: [
        ['a protected one', { protections: { ok: true, value: [from] } }, `protected from ${from}`],
        [
          'one that is protected from both',
          { protections: { ok: true, value: ['termination', 'stop'] } },
          `protected from ${from}`,
        ],
      ],
      unknown: [
        [
          'when it could not be asked',
          { protections: { ok: false, reason: 'AccessDenied' } },
          'could not be checked: AccessDenied',
        ],
      ],
    },
  };
}
