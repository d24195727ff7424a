import { expect, test } from 'vitest';
import { registry } from '#core/model/fault-registry.ts';
import { ec2Reboot } from '#faults/instances/ec2-reboot.ts';
import { ec2Stop } from '#faults/instances/ec2-stop.ts';

test('a registry has faults by name, and not two of one name', () => {
  expect(registry([ec2Stop, ec2Reboot]).get('ec2-stop')).toBe(ec2Stop);
  expect(() => registry([ec2Stop, ec2Reboot, { ...ec2Reboot, name: 'ec2-stop' }])).toThrow(
    'two faults have the same name',
  );
});
