import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { schemaKeys } from '#core/util/schema-keys.ts';
import { probes } from '#probes/registry.ts';

const folder = fileURLToPath(new URL('../../probes/', import.meta.url));

test('each file of probes/ is a probe whose type is the name of the file', () => {
  const files = globSync('*.ts', { cwd: folder }).map((file) => basename(file, '.ts'));
  expect(probes.map(({ type }) => type)).toEqual(files.filter((file) => file !== 'registry').sort());
});

test.each(probes.map((probe) => [probe.type, probe] as const))('%s can be documented', (_, probe) => {
  const keys = schemaKeys(probe.parameters);
  expect(keys.length).toBeGreaterThan(0);
  for (const { schema } of keys) expect(z.globalRegistry.get(schema)?.description).toMatch(/\.$/);
  const { additionalProperties } = z.toJSONSchema(probe.parameters, { io: 'input', unrepresentable: 'any' });
  expect(additionalProperties).toBe(false);
  expect(probe.summary).toMatch(/\.$/);
});

test('only invocations can change anything, and only of functions that are there for probes', () => {
  const reads = /:(Get|List|Describe)/;
  const others = probes.flatMap(({ permissions }) => permissions.filter(({ action }) => !reads.test(action)));
  expect(others.map(({ action, condition }) => [action, condition])).toEqual([
    ['lambda:InvokeFunction', { StringEquals: { 'aws:ResourceTag/chaos:prober': 'true' } }],
  ]);
});
