import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { kinds } from '#targets/registry.ts';

const unique = (names: readonly string[]) => expect(names).toEqual([...new Set(names)]);

describe('the kinds of target', () => {
  test('share no name, no kind of group, and no resource type: a statement of a policy is named after it', () => {
    unique(kinds.map(({ kind }) => kind));
    unique(kinds.flatMap(({ groupKinds }) => groupKinds));
    unique(kinds.flatMap(({ arnPatterns }) => Object.keys(arnPatterns)));
  });

  test.each([...faults.values()])(
    'have that of the fault $name, and the resource types it is permitted on',
    ({ kind, permissions }) => {
      const types = kinds
        .filter((one) => one.kind === kind)
        .flatMap(({ arnPatterns }) => Object.keys(arnPatterns));
      for (const { on } of permissions) {
        if (on !== undefined) expect(types).toContain(on);
      }
    },
  );
});
