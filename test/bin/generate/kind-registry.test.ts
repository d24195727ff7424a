import { expect, test } from 'vitest';
import { kindRegistry } from '#bin/generate/kind-registry.ts';

test('the registry of kinds has the kind of every folder, whatever their order', () => {
  expect(
    kindRegistry([
      'fleet.ts',
      'tables/kind.ts',
      'event-sources',
      'event-sources/kind.ts',
      'tables/kind/kind.ts',
    ]),
  ).toBe(
    `import { eventSources } from './event-sources/kind.ts';
import { tables } from './tables/kind.ts';

export const kinds = [eventSources, tables];
`,
  );
});
