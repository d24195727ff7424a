import { expect, test } from 'vitest';
import { probeRegistry } from '#bin/generate/probe-registry.ts';

test('the registry has every file of the folder but itself, whatever their order', () => {
  expect(probeRegistry(['slo.ts', 'shared', 'registry.ts', 'group-healthy.ts'])).toBe(
    `import type { Probe } from '#core/ports/probe.ts';
import { groupHealthy } from './group-healthy.ts';
import { slo } from './slo.ts';

export const probes: readonly Probe[] = [groupHealthy, slo];
`,
  );
});
