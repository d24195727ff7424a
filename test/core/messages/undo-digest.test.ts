import { describe, expect, test } from 'vitest';
import { emailBody } from '#core/messages/email-body.ts';
import { undoSubject } from '#core/messages/subject.ts';
import { expiryText, undoDigest } from '#core/messages/undo-digest.ts';
import { truncateUndoReport } from '#core/reports/truncate-undo-report.ts';
import { handledStrike, type UndoReport } from '#core/reports/undo-report.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import { anUndoEntry } from '../../support/an-undo-entry.ts';

const failing = handledStrike(
  anUndoEntry({ failingSince: '2026-11-23T09:05:02.000Z' }),
  'failing',
  'AccessDeniedException: not authorized to perform lambda:DeleteFunctionConcurrency',
);
const contested = handledStrike(
  anUndoEntry({ runId: 'r-2', selfExpiry: { by: 'aws', at: '2026-11-23T09:05:01.000Z' } }),
  'contested',
  'somebody else has changed it since',
);
const report: UndoReport = {
  schemaVersion: 2,
  runId: '20261123T091000Z-3f9a1c2b',
  startedAt: '2026-11-23T09:10:00.000Z',
  endedAt: '2026-11-23T09:10:02.000Z',
  strikes: [failing, contested],
  open: 2,
  failures: [{ stage: 'undo', code: 'Error', message: failing.text }],
};
const email = (of: UndoReport) => emailBody((limits) => undoDigest(of, aMasterDeployment(), limits));

describe('the message of faults that do not end', () => {
  test('is as it was reviewed', () => {
    expect(undoSubject(report)).toMatchSnapshot();
    expect(email(report)).toMatchSnapshot();
  });

  test('has every command that ends one by hand, on a line of its own', () => {
    for (const command of report.strikes.flatMap(({ byHand }) => byHand)) {
      expect(email(report).split('\n')).toContain(`  ${command}`);
    }
  });

  test('fits whatever there is', () => {
    const strikes = Array.from({ length: 500 }, () => ({ ...failing, byHand: ['x'.repeat(20_000)] }));
    const many = { ...report, strikes };
    expect(Buffer.byteLength(email(many))).toBeLessThan(64 * 1024);
    expect(email(many)).toContain('./chaos strikes --active');
    const cut = truncateUndoReport(many, 100_000);
    expect(Buffer.byteLength(JSON.stringify(cut))).toBeLessThanOrEqual(100_000);
    expect(cut.strikes.length).toBeGreaterThan(0);
    expect(cut.open).toBe(many.open);
    expect(cut.omitted?.strikes).toBe(500 - cut.strikes.length);
    expect(truncateUndoReport(cut, 50_000).omitted?.strikes).toBeGreaterThan(cut.omitted?.strikes ?? 0);
    expect(email(cut)).toContain('Not all fit into this report');
  });
});

describe('what happens if nobody does anything', () => {
  const at = '2026-11-23T09:15:00Z';
  test.each([
    ['aws', 'failing', '2026-11-23T09:10:00Z', /no effect any more at/],
    ['aws', 'failing', '2026-11-23T09:20:00Z', /no effect since/],
    ['target', 'failing', '2026-11-23T09:10:00Z', /ends by itself/],
    ['target', 'failing', '2026-11-23T09:20:00Z', /has ended by itself/],
    ['schedule', 'failing', '2026-11-23T09:10:00Z', /undoes it within minutes/],
    ['aws', 'contested', '2026-11-23T09:10:00Z', /nothing more is done to it/],
    ['target', 'contested', '2026-11-23T09:20:00Z', /nothing more is done to it/],
    ['schedule', 'contested', '2026-11-23T09:10:00Z', /nothing more is done to it/],
    ['schedule', 'failing', '2026-11-23T09:20:00Z', /was to undo it/],
  ] as const)('by %s, %s, at %s', (by, outcome, now, text) => {
    expect(expiryText({ ...failing, outcome, selfExpiry: { by, at } }, now)).toMatch(text);
  });
});
