import { describe, expect, test } from 'vitest';
import { faultRegistry } from '#bin/generate/fault-registry.ts';

describe('faultRegistry', () => {
  test('has every file of the folders in it, whatever their order', () => {
    expect(
      faultRegistry([
        'registry.ts',
        'queues',
        'queues/sqs-purge.ts',
        'queues/shared/purge.ts',
        'instances/ec2-stop.ts',
      ]),
    ).toBe(
      `import { registry } from '#core/model/fault-registry.ts';
import { ec2Stop } from './instances/ec2-stop.ts';
import { sqsPurge } from './queues/sqs-purge.ts';

export const faults = registry([ec2Stop, sqsPurge]);
`,
    );
  });

  test('puts each on a line of its own where one line is too short for all', () => {
    const files = Array.from({ length: 20 }, (_, index) => `instances/fault-${index}.ts`);
    const lines = faultRegistry(files).split('\n');
    expect(lines).toContain('export const faults = registry([');
    expect(lines).toContain('  fault19,');
    expect(lines.every((line) => line.length <= 110)).toBe(true);
  });
});
