import { expect, test } from 'vitest';
import { kindRegistry, readerRegistry, serviceRegistry } from '#bin/generate/folder-registries.ts';

const files = [
  ...['fleet.ts', 'tables/reader.ts', 'tables/kind.ts', 'event-sources', 'event-sources/kind.ts'],
  ...['event-sources/reader.ts', 'tables/kind/kind.ts'],
];

test('the registry of kinds has the kind of every folder, whatever their order', () => {
  expect(kindRegistry(files)).toBe(
    `import type { Kind } from '#core/kinds/kind.ts';
import { eventSources } from './event-sources/kind.ts';
import { tables } from './tables/kind.ts';

export const kinds: readonly Kind[] = [eventSources, tables];
`,
  );
});

test('the registry of readers has what looks at them', () => {
  expect(readerRegistry(files)).toBe(
    `import { eventSourcesReader } from './event-sources/reader.ts';
import type { KindReader } from './kind-reader.ts';
import { tablesReader } from './tables/reader.ts';

export const kindReaders: readonly KindReader[] = [eventSourcesReader, tablesReader];
`,
  );
});

test('the registry of services has those of the sandbox, and no folder without one', () => {
  expect(
    serviceRegistry(['service.ts', 'state/region.ts', 'auto-scaling/service.ts', 'sns/service.ts']),
  ).toBe(
    `import { autoScaling } from './auto-scaling/service.ts';
import type { Service } from './service.ts';
import { sns } from './sns/service.ts';

export const services: readonly Service[] = [autoScaling, sns];
`,
  );
});
