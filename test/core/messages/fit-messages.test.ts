import { expect, test } from 'vitest';
import { fitMessages } from '#core/messages/fit-messages.ts';
import { reportDigest } from '#core/messages/report-digest.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import { aReport, aStrike } from '../../support/a-report.ts';

test('what fits is yielded from the fullest form on, and last, measured or not, one without notes and sections', () => {
  const report = aReport({ strikes: Array.from({ length: 30 }, () => aStrike()), leashedBecause: 'x' });
  const forms = fitMessages(
    (limits) => reportDigest(report, aMasterDeployment(), limits),
    { strikes: 20, failures: 10, rest: '; see the log' },
    (form) => form,
    ({ sections }) => (sections[0]?.parts[0]?.entries.length ?? 0) < 12,
  );
  const [first, ...others] = [...forms];
  expect(first?.sections[0]?.parts[0]).toMatchObject({
    entries: { length: 10 },
    more: 'and 20 more; see the log',
  });
  const last = others.at(-1);
  expect(last).toEqual({
    ...first,
    notes: [{ text: `This message was shortened to fit. ${first?.whole}`, tone: 'warn' }],
    sections: [],
  });
});
