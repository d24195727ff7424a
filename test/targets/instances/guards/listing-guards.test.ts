import { describe } from 'vitest';
import { selectGuards } from '#core/guards/guard.ts';
import type { Tags } from '#core/model/group.ts';
import { instanceGuards } from '#targets/instances/guards/index.ts';
import type { InstanceGroup, Member } from '#targets/instances/model.ts';
import { aConfig } from '../../../support/a-config.ts';
import { aGroup, aMember } from '../../../support/a-group.ts';
import { mondayMorning } from '../../../support/a-guard-context.ts';
import { type Case, guardTable, listed } from '../../../support/guard-table.ts';

const minutes = 60_000;
const optIn = { 'chaos:opt-in': 'true' };
const tagged = (tags: Tags, overrides: Partial<InstanceGroup> = {}) =>
  aGroup({ tags: { ...optIn, ...tags }, ...overrides });
const weighted = (desired: number, ...capacities: readonly number[]) =>
  aGroup({ desired, members: capacities.map((capacity) => aMember({ capacity })) });
const healthyOf = (...healthy: readonly boolean[]): readonly Member[] =>
  healthy.map((one, index) => aMember({ instanceId: `i-${index}`, healthy: one }));
const asking = (guards: NonNullable<Parameters<typeof aConfig>[0]>['guards']) => ({
  config: aConfig({ guards }),
});

const malformed = (text: string): Case<InstanceGroup> => [
  `a tag that says "${text}"`,
  tagged({ 'chaos:min-healthy': text }),
  `chaos:min-healthy="${text}": expected a number such as 2, or a share such as "50%"`,
];

describe('the guards of instances on the listing of their group', () => {
  guardTable(
    selectGuards(instanceGuards, 'listing'),
    listed({
      'too-few-healthy': {
        passes: [
          ['two', aGroup({ members: healthyOf(true, true) }), '2 healthy, at least 2 needed'],
          ['three', aGroup(), '3 healthy, at least 2 needed'],
        ],
        refuses: [
          ['one', aGroup({ members: healthyOf(true, false) }), '1 healthy, at least 2 needed'],
          ['none', aGroup({ members: [] }), '0 healthy, at least 2 needed'],
        ],
      },
      'min-healthy': {
        passes: [
          [
            'three of which one must stay, the default',
            aGroup(),
            'a strike leaves 2 healthy, at least 1 needed (guards.minHealthy)',
          ],
          [
            'exactly as many as the configuration asks for',
            aGroup(),
            'a strike leaves 2 healthy, at least 2 needed (guards.minHealthy)',
            asking({ minHealthy: 2 }),
          ],
          [
            'exactly the share that the configuration asks for',
            weighted(4, 1, 1, 1, 1),
            'a strike leaves 3 of 4 desired healthy, at least 3 needed (75%, guards.minHealthy)',
            asking({ minHealthy: '75%' }),
          ],
          [
            "what the group's own tag asks for, whatever the configuration does",
            tagged({ 'chaos:min-healthy': ' 2 ' }),
            'a strike leaves 2 healthy, at least 2 needed (chaos:min-healthy)',
            asking({ minHealthy: '100%' }),
          ],
          [
            'more than it desires, of which all that it desires must stay',
            weighted(3, 1, 1, 1, 1),
            'a strike leaves 3 of 3 desired healthy, at least 3 needed (100%, guards.minHealthy)',
            asking({ minHealthy: '100%' }),
          ],
          [
            'a share that floating point makes more of',
            weighted(100, ...Array<number>(56).fill(1)),
            'a strike leaves 55 of 100 desired healthy, at least 55 needed (55%, guards.minHealthy)',
            asking({ minHealthy: '55%' }),
          ],
        ],
        refuses: [
          [
            'one below the number asked for',
            aGroup(),
            'a strike leaves 2 healthy, at least 3 needed (guards.minHealthy)',
            asking({ minHealthy: 3 }),
          ],
          [
            'half of three, rounded up, when two of them are up',
            aGroup({ members: healthyOf(true, true, false) }),
            'a strike leaves 1 of 3 desired healthy, at least 2 needed (50%, guards.minHealthy)',
            asking({ minHealthy: '50%' }),
          ],
          [
            'a share that the largest instance would take it below',
            weighted(8, 5, 2, 1),
            'a strike leaves 3 of 8 desired healthy, at least 4 needed (50%, guards.minHealthy)',
            asking({ minHealthy: '50%' }),
          ],
          [
            'a share of a hair more than half',
            weighted(4, 1, 1, 1),
            'a strike leaves 2 of 4 desired healthy, at least 3 needed (50.001%, guards.minHealthy)',
            asking({ minHealthy: '50.001%' }),
          ],
          [
            "what the group's own tag asks for",
            tagged({ 'chaos:min-healthy': '90%' }),
            'a strike leaves 2 of 3 desired healthy, at least 3 needed (90%, chaos:min-healthy)',
          ],
          [
            'a group without instances',
            aGroup({ members: [] }),
            'a strike leaves 0 healthy, at least 1 needed (guards.minHealthy)',
          ],
          ...['', 'half', '0', '-1', '1.5', '2 of 3', '0%', '0.0%', '101%', '100.1%', '50 %', '%', '1e3'].map(
            malformed,
          ),
        ],
        unknown: [
          [
            'when the desired capacity is no whole number',
            weighted(1.5, 1, 1, 1),
            'could not be checked: The number 1.5 cannot be converted to a BigInt because it is not an integer',
            asking({ minHealthy: '50%' }),
          ],
        ],
      },
      'group-degraded': {
        passes: [
          ['all that it desires', aGroup(), '3 of 3 desired instances are healthy'],
          ['more than it desires', aGroup({ desired: 2 }), '3 of 2 desired instances are healthy'],
          [
            'few members that carry all that it desires',
            weighted(6, 4, 2),
            '6 of 6 desired units of capacity are healthy',
          ],
        ],
        refuses: [
          ['one below what it desires', aGroup({ desired: 4 }), '3 of 4 desired instances are healthy'],
          [
            'members that weigh less than it desires',
            weighted(8, 4, 2, 1),
            '7 of 8 desired units of capacity are healthy',
          ],
        ],
      },
      'group-too-young': {
        passes: [
          [
            'a group exactly of age',
            aGroup({ createdAt: mondayMorning - 60 * minutes }),
            '60 minutes old, at least 60 minutes needed',
            asking({ minGroupAgeMinutes: 60 }),
          ],
          [
            'an old group',
            aGroup({ createdAt: Date.parse('2026-01-12T10:00:00Z') }),
            '314 days old, at least 60 minutes needed',
            asking({ minGroupAgeMinutes: 60 }),
          ],
          ['standalone instances', aGroup({ kind: 'tag' }), 'a group of standalone instances has no age'],
          [
            'any age where none is asked for, even by a clock that is behind',
            aGroup({ createdAt: mondayMorning + 1 }),
            '0 minutes old, at least 0 minutes needed',
            asking({ minGroupAgeMinutes: 0 }),
          ],
        ],
        refuses: [
          [
            'a group a millisecond too young',
            aGroup({ createdAt: mondayMorning - 60 * minutes + 1 }),
            '59 minutes old, at least 60 minutes needed',
            asking({ minGroupAgeMinutes: 60 }),
          ],
          [
            'a group a day too young, in minutes',
            aGroup({ createdAt: mondayMorning - 2 * 1_440 * minutes }),
            '2,880 minutes old, at least 4,320 minutes needed',
            asking({ minGroupAgeMinutes: 4_320 }),
          ],
          [
            'a group that comes from the future by a clock that is behind',
            aGroup({ createdAt: mondayMorning + minutes }),
            '0 minutes old, at least 1 minute needed',
            asking({ minGroupAgeMinutes: 1 }),
          ],
        ],
        unknown: [
          [
            'a beginning that is no time',
            aGroup({ createdAt: Number.NaN }),
            'NaN minutes old, at least 60 minutes needed',
            asking({ minGroupAgeMinutes: 60 }),
          ],
          [
            'an Auto Scaling group without a beginning',
            aGroup({ createdAt: undefined }),
            'could not be checked: its creation time is missing',
          ],
        ],
      },
      'replacement-suspended': {
        passes: [
          [
            'a group of which nothing is suspended',
            aGroup(),
            'no process that replacements need is suspended',
          ],
          ...[
            'AlarmNotification',
            'AZRebalance',
            'InstanceRefresh',
            'ScheduledActions',
            'RemoveFromLoadBalancerLowPriority',
          ].map(
            (process): Case<InstanceGroup> => [
              `a suspended ${process}: a replacement is launched and serves all the same`,
              aGroup({ suspendedProcesses: [process] }),
              'no process that replacements need is suspended',
            ],
          ),
        ],
        refuses: [
          ...['Launch', 'Terminate', 'AddToLoadBalancer', 'ReplaceUnhealthy', 'HealthCheck'].map(
            (process): Case<InstanceGroup> => [
              `a suspended ${process}`,
              aGroup({ suspendedProcesses: ['AZRebalance', process] }),
              `suspended: ${process}`,
            ],
          ),
          [
            'several',
            aGroup({ suspendedProcesses: ['Terminate', 'Launch'] }),
            'suspended: Launch, Terminate',
          ],
          [
            'a process that is not known: it may be needed',
            aGroup({ suspendedProcesses: ['AddToTrafficSource'] }),
            'suspended: AddToTrafficSource',
          ],
        ],
      },
    }),
  );
});
