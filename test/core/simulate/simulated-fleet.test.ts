import { describe, expect, test } from 'vitest';
import { evaluate } from '#core/decide/evaluate.ts';
import { type FitGroup, findKind } from '#core/kinds/kind.ts';
import { simulatedFleet } from '#core/simulate/simulated-fleet.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { aConfig } from '../../support/a-config.ts';
import { aDecisionContext } from '../../support/a-decision-context.ts';
import { aLedgerState } from '../../support/a-guard-context.ts';

const config = () =>
  aConfig({
    accounts: ['222222222222', '333333333333'],
    regions: ['eu-west-1', 'us-east-1'],
    tags: { optIn: { key: 'may-be-struck', value: 'yes' } },
    rate: { probability: 1 },
  });

describe('simulatedFleet', () => {
  test('deals groups out over all accounts and regions, each under a name of its own', () => {
    const keys = simulatedFleet(config(), { kinds, faults }, 5).map(({ group }) => group.key);
    expect(keys).toEqual([
      '222222222222/eu-west-1/asg/simulated-1',
      '222222222222/us-east-1/asg/simulated-2',
      '333333333333/eu-west-1/asg/simulated-3',
      '333333333333/us-east-1/asg/simulated-4',
      '222222222222/eu-west-1/asg/simulated-5',
    ]);
    expect(simulatedFleet(config(), { kinds, faults }, 0)).toEqual([]);
  });

  test('has no two targets of the same id', () => {
    const ids = simulatedFleet(config(), { kinds, faults }, 30).flatMap(idsOf);
    expect(new Set(ids).size).toBe(60);
  });

  test('is fit: nothing that is asked of a real group spares one of these', () => {
    const ages = { minGroupAgeMinutes: 1_000_000, minInstanceAgeMinutes: 1_000_000 };
    const context = aDecisionContext({ config: { ...config(), guards: { ...config().guards, ...ages } } });
    for (const { group, ...evidence } of simulatedFleet(config(), { kinds, faults }, 4)) {
      const chosen = evaluate(group, { ledger: aLedgerState(), ...evidence }, context);
      expect(chosen.decision).toMatchObject({ verdict: 'strike' });
      // What protects a target is not simulated.
      expect(chosen.missing).toBe('protections');
      expect(idsOf({ group })).toContain(chosen.order?.target.id);
    }
  });
});

function idsOf({ group }: Pick<FitGroup, 'group'>): readonly string[] {
  return findKind(kinds, group)
    .candidates(group)
    .map(({ id }) => id);
}
