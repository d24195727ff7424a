import { describe } from 'vitest';
import { selectGuards } from '#core/guards/guard.ts';
import { instanceGuards } from '#targets/instances/guards/index.ts';
import type { InstanceInspection } from '#targets/instances/model.ts';
import { aGroup } from '../../../support/a-group.ts';
import { anInspectedGroup, anInspection } from '../../../support/a-guard-context.ts';
import { guardTable } from '../../../support/guard-table.ts';

const inspected = (overrides: Partial<InstanceInspection>) =>
  anInspectedGroup({ inspection: anInspection(aGroup(), overrides) });

describe('the guards of instances on the inspection of their group', () => {
  guardTable(selectGuards(instanceGuards, 'inspection'), {
    'instance-refresh': {
      passes: [['a group without one', anInspectedGroup(), 'no instance refresh in progress']],
      refuses: [
        [
          'a group with one',
          inspected({ refreshes: { ok: true, value: ['4f1c InProgress'] } }),
          'under way: 4f1c InProgress',
        ],
      ],
      unknown: [
        [
          'when they could not be listed',
          inspected({ refreshes: { ok: false, reason: 'AccessDenied' } }),
          'could not be checked: AccessDenied',
        ],
      ],
    },
    'scaling-activity': {
      passes: [['a group without one', anInspectedGroup(), 'no scaling activity in progress']],
      refuses: [
        [
          'a group with some, naming the first',
          inspected({
            activities: {
              ok: true,
              value: ['Launching i-1', 'Launching i-2', 'Launching i-3', 'Launching i-4'],
            },
          }),
          'under way: Launching i-1; Launching i-2; Launching i-3 and 1 more',
        ],
      ],
      unknown: [
        [
          'when they could not be listed',
          inspected({ activities: { ok: false, reason: 'Throttling' } }),
          'could not be checked: Throttling',
        ],
      ],
    },
  });
});
