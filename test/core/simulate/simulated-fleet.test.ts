import { describe, expect, test } from 'vitest';
import { chooseTarget } from '#core/decide/choose-target.ts';
import { decideGroup } from '#core/decide/decide-group.ts';
import { simulatedFleet } from '#core/simulate/simulated-fleet.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGrounds } from '../../support/a-grounds.ts';
import { anOnRecord } from '../../support/a-guard-context.ts';

const config = () =>
  aConfig({
    accounts: ['222222222222', '333333333333'],
    regions: ['eu-west-1', 'us-east-1'],
    tags: { optIn: { key: 'may-be-struck', value: 'yes' } },
    rate: { probability: 1 },
  });

describe('simulatedFleet', () => {
  test('deals groups out over all accounts and regions, each under a name of its own', () => {
    const keys = simulatedFleet(config(), 5).map(({ group }) => group.key);
    expect(keys).toEqual([
      '222222222222/eu-west-1/asg/simulated-1',
      '222222222222/us-east-1/asg/simulated-2',
      '333333333333/eu-west-1/asg/simulated-3',
      '333333333333/us-east-1/asg/simulated-4',
      '222222222222/eu-west-1/asg/simulated-5',
    ]);
    expect(simulatedFleet(config(), 0)).toEqual([]);
  });

  test('has no two instances of the same id', () => {
    const ids = simulatedFleet(config(), 30).flatMap(({ group }) =>
      group.members.map(({ instanceId }) => instanceId),
    );
    expect(new Set(ids).size).toBe(60);
  });

  test('is fit: nothing that is asked of a real group spares one of these', () => {
    const ages = { minGroupAgeMinutes: 1_000_000, minInstanceAgeMinutes: 1_000_000 };
    const grounds = aGrounds({ config: { ...config(), guards: { ...config().guards, ...ages } } });
    for (const { group, looked } of simulatedFleet(config(), 4)) {
      const { decision, drawn } = decideGroup(group, grounds);
      expect(drawn?.group).toBe(group);
      const chosen = chooseTarget(decision, { looked, ...anOnRecord(), protections: new Map() }, grounds);
      expect(chosen.decision).toMatchObject({ verdict: 'strike' });
      expect(group.members.map(({ instanceId }) => instanceId)).toContain(chosen.order?.target.id);
    }
  });
});
