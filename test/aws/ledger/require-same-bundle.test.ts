import { describe, expect, test } from 'vitest';
import { unbundled } from '#aws/bundle-digest.ts';
import { requireSameBundle } from '#aws/ledger/require-same-bundle.ts';
import { InvalidInput } from '#core/util/parse.ts';

const runId = '20261123T090000Z-3f9a1c2b';

/** The refusal to replay with the bundle `own` what the bundle `recordedBy` recorded. */
function refusal(recordedBy: string, own: string): InvalidInput | undefined {
  try {
    requireSameBundle(runId, { bundle: recordedBy, version: '0.0.9' }, { bundle: own, version: '0.1.0' });
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}

describe('requireSameBundle', () => {
  test('accepts what the same code recorded, bundled or not', () => {
    expect(refusal('cafe', 'cafe')).toBeUndefined();
    expect(refusal(unbundled, unbundled)).toBeUndefined();
  });

  test.each([
    ['a run of ./chaos run --here', unbundled, 'cafe', './chaos run without --here'],
    ['a run of the deployed function, asked of sources', 'cafe', unbundled, `./chaos replay ${runId}`],
    [
      'a run of another deployment',
      'beef',
      'cafe',
      `deploy it (npx cdk deploy), and repeat ./chaos replay ${runId}`,
    ],
  ])('refuses %s, names both bundles, and says what helps', (_, recordedBy, own, remedy) => {
    const error = refusal(recordedBy, own);
    expect(error?.what).toBe(`recording of run ${runId}`);
    expect(error?.mistakes).toEqual([
      {
        path: 'bundle',
        expected: expect.stringContaining(`expected ${own} of version 0.1.0`),
        found: `${recordedBy} of version 0.0.9`,
      },
    ]);
    expect(error?.mistakes[0]?.expected).toContain(remedy);
  });
});
