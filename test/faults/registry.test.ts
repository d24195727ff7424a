import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';

test('every fault has the name of its file', () => {
  const files = readdirSync(new URL('../../faults', import.meta.url), { recursive: true, encoding: 'utf8' });
  const names = files
    .filter((file) => /^(?!shared\/)[^/]+\/[^/]+\.ts$/.test(file))
    .map((file) => basename(file, '.ts'));
  expect([...faults.keys()].sort()).toEqual(names.sort());
});
