import { describe, expect, test } from 'vitest';
import { staleFiles } from '#bin/generate/generated-files.ts';

describe('the generated files', () => {
  test('are what "npm run generate" makes now; if not, run it', async () => {
    expect(await staleFiles()).toEqual([]);
  });
});
