import { describe, expect, test } from 'vitest';
import { faultRegistry } from '#bin/generate/fault-registry.ts';

describe('faultRegistry', () => {
  test('has every file of the folder but itself, whatever their order', () => {
    expect(faultRegistry(['shared', 'registry.ts', 'ec2-stop.ts', 'cpu.ts'])).toBe(
      `import { registry } from '#core/model/fault-registry.ts';
import { cpu } from './cpu.ts';
import { ec2Stop } from './ec2-stop.ts';

export const faults = registry([cpu, ec2Stop]);
`,
    );
  });

  test('puts each on a line of its own where one line is too short for all', () => {
    const files = Array.from({ length: 20 }, (_, index) => `fault-${index}.ts`);
    const lines = faultRegistry(files).split('\n');
    expect(lines).toContain('export const faults = registry([');
    expect(lines).toContain('  fault19,');
    expect(lines.every((line) => line.length <= 110)).toBe(true);
  });
});
