import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { instances } from '#targets/instances/kind.ts';
import { unfitText } from '../../support/a-struck-instance.ts';
import { everyChoice } from '../../support/every-choice.ts';

const choices = everyChoice(faults).filter(({ name }) => faults.get(name)?.kind === instances.kind);

describe.each(choices)('$name $parameters', (fault) => {
  test('can be done to an instance of an Auto Scaling group, on EBS and On-Demand, or of which EC2 does not say', () => {
    expect(unfitText(faults, fault)).toBeUndefined();
    expect(unfitText(faults, fault, { rootDevice: undefined })).toBeUndefined();
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
