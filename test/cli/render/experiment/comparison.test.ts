import { describe, expect, test } from 'vitest';
import { comparisonText } from '#cli/render/experiment/comparison.ts';
import { compareReports } from '#core/experiment/compare-reports.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { anExperimentReport } from '../../../support/an-experiment-report.ts';

const before = anExperimentReport({ id: '20261123T090000Z-00000001' });
const compared = (overrides: Partial<ExperimentReport>) =>
  comparisonText(
    compareReports(before, { ...before, id: '20261123T100000Z-00000002', ...overrides }),
    (_styles, text) => text,
  );

describe('comparisonText', () => {
  test('names both runs, and their question once', () => {
    const text = compared({});
    expect(
      text.startsWith(`before  20261123T090000Z-00000001  Survived
after   20261123T100000Z-00000002  Survived

What if listImages takes an extra 300 ms?

page
`),
    ).toBe(true);
  });

  test('says of each what was not as in its file, and that this may be why they differ', () => {
    expect(compared({ rehearsal: true, ranWith: '--no-graceful' })).toContain(
      `after   20261123T100000Z-00000002  Survived (rehearsal, --no-graceful)

What if listImages takes an extra 300 ms?

One is a rehearsal: no fault was injected in it.
They did not run with the same options.
`,
    );
    expect(compared({ fileHash: 'b'.repeat(64) })).toContain('They ran different versions of the file.');
  });

  test('says that two experiments are two', () => {
    expect(
      compared({ title: 'What if web dies?', fileHash: 'b'.repeat(64) }),
    ).toContain(`before: What if listImages takes an extra 300 ms?
after: What if web dies?

These are different experiments.

page`);
  });
});
