import { describe, expect, test } from 'vitest';
import { emailBody } from '#core/messages/email-body.ts';
import { reportDigest } from '#core/messages/report-digest.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import { aBroken, aFailure, aReport, aStrike } from '../../support/a-report.ts';
import { aTarget } from '../../support/a-target.ts';

const bodyOf = (report: RunReport) =>
  emailBody((limits) => reportDigest(report, aMasterDeployment(), limits));

describe('emailBody', () => {
  test('stays short however much happened', () => {
    const report = aReport({
      strikes: Array.from({ length: 5000 }, () => aStrike()),
      recoveries: Array.from({ length: 5000 }, (_, index) => aBroken({ group: `1/r/asg/${index}` })),
      failures: Array.from({ length: 5000 }, () => aFailure()),
    });
    const body = bodyOf(report);
    expect(body.split('\n').length).toBeLessThan(170);
    expect(body).toContain('\n- and 4,975 more\n');
    expect(body).toContain('\n- and 4,985 more\n');
  });

  test('leaves most of what SNS takes to machines, whatever the names are made of', () => {
    const text = '猿"'.repeat(300);
    const report = aReport({
      strikes: (['succeeded', 'unknown', 'failed'] as const).flatMap((outcome) =>
        Array.from({ length: 60 }, () =>
          aStrike({ outcome, detail: text, group: text, target: aTarget({ facts: { zone: text } }) }),
        ),
      ),
      recoveries: Array.from({ length: 60 }, () => aBroken({ group: text })),
      failures: Array.from({ length: 60 }, () => aFailure({ message: text, group: text })),
      groupsNotFound: [text],
    });
    const body = bodyOf(report);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(64 * 1024);
    expect(body).toContain('STRUCK: 60 TARGETS');
    expect(body).toMatch(/\n- and \d+ more\n/);
  });
});
