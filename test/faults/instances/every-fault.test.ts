import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { instances } from '#targets/instances/kind.ts';
import { unfitText } from '../../support/a-struck-instance.ts';
import { everyFaultChoice } from '../../support/every-fault-choice.ts';

const choices = everyFaultChoice(faults).filter(({ name }) => faults.get(name)?.kind === instances.kind);

describe.each(choices)('$name $parameters', (fault) => {
  test('can be done to an On-Demand Instance on EBS, of an Auto Scaling group', () => {
    expect(unfitText(faults, fault)).toBeUndefined();
  });

  test.each(['capacity-block', 'interruptible-capacity-reservation', 'of-another-kind'])(
    'can be done to one bought as %s',
    (purchase) => {
      expect(unfitText(faults, fault, { purchase })).toBeUndefined();
    },
  );

  test('cannot be done to one that a service manages', () => {
    expect(unfitText(faults, fault, { managedBy: 'eks.amazonaws.com' })).toContain('eks.amazonaws.com');
  });
});
