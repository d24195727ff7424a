import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packResult, unpackResult } from '#lambdas/chaos-experiment/pack-result.ts';

test('whatever a step comes to is unpacked as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 2_000 }), (value, times) => {
      const result = {
        value,
        many: Array.from({ length: times }, (_, index) => ({ index, text: 'status 503' })),
      };
      expect(unpackResult(packResult(result))).toEqual(JSON.parse(JSON.stringify(result)));
    }),
    { numRuns: 50 },
  );
});

test('all samples of forty probes being bad for a minute fit into a checkpoint', () => {
  const bad = Array.from({ length: 200 }, (_, index) => ({
    at: 1_763_888_400_000 + index * 311,
    value: 812.4 + (index % 37) * 7.3,
    detail: `status ${500 + (index % 5)}: expected 200 from https://shop.example.com/`,
  }));
  const probes = Array.from({ length: 40 }, (_, index) => ({ name: `probe-${index}`, badSamples: bad }));
  expect(JSON.stringify(probes).length).toBeGreaterThan(800_000);
  expect(packResult(probes).length).toBeLessThan(256 * 1_024 * 0.5);
});

test('what is small stays JSON that people can read', () => {
  expect(packResult({ at: 1 })).toBe('{"at":1}');
});
