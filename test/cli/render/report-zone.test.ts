import { expect, test } from 'vitest';
import { reportText } from '#cli/render/report.ts';
import { aReport } from '../../support/a-report.ts';

test('a report tells moments in the zone that is known, and leaves the names of slots', () => {
  const reason = { code: 'not-drawn', text: 'due at 2026-11-23T12:31:07.000Z' };
  const report = aReport({
    slot: '2026-11-23T09:00:00Z',
    decisions: [{ group: '222222222222/eu-west-1/asg/web', verdict: 'spare', reason }],
  });
  const text = reportText(report, (_styles, plain) => plain, 'Europe/Berlin');
  expect(text).toContain('due at Mon 2026-11-23 13:31 Europe/Berlin');
  expect(text).toContain('slot 2026-11-23T09:00:00Z');
});
