import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { faults } from '#faults/registry.ts';

test('every fault has the name of its file', () => {
  const files = readdirSync(new URL('../../faults', import.meta.url), { recursive: true, encoding: 'utf8' });
  const names = files
    .filter((file) => /^(?!shared\/)[^/]+\/[^/]+\.ts$/.test(file))
    .map((file) => basename(file, '.ts'));
  expect([...faults.keys()].sort()).toEqual(names.sort());
});

test.each([...faults.values()])('$name says what each of its parameters means', ({ parameters }) => {
  const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' });
  for (const [name, property] of Object.entries(properties)) {
    // It is followed by something, or by nothing: whoever prints it decides.
    expect([name, Object(property).description]).toEqual([name, expect.stringMatching(/^\S.*[^.]$/)]);
  }
});
