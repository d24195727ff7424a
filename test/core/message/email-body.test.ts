import { describe, expect, test } from 'vitest';
import { emailBody } from '#core/message/email-body.ts';
import { aFailure, aReport, aStrike } from '../../support/a-report.ts';

describe('emailBody', () => {
  test('reads from what was struck to how to stop it', () => {
    const report = aReport({
      strikes: [
        aStrike(),
        aStrike({
          group: '333333333333/us-east-1/tag/batch',
          account: '333333333333',
          region: 'us-east-1',
          zone: 'us-east-1c',
          instanceId: 'i-0fedcba9876543210',
          fault: { name: 'ec2-stop', parameters: {} },
          outcome: 'failed',
          detail: 'UnauthorizedOperation: You are not authorized to perform this operation.',
        }),
      ],
      failures: [aFailure({ message: 'not authorized to perform: sts:AssumeRole' })],
    });
    expect(emailBody(report)).toBe(`STRUCK: 1 INSTANCE
- i-0a1b2c3d4e5f60718: ec2-terminate (via ec2): running -> shutting-down
  Auto Scaling group web, account 222222222222, eu-west-1, zone eu-west-1a

COULD NOT STRIKE: 1 INSTANCE
- i-0fedcba9876543210: ec2-stop: UnauthorizedOperation: You are not authorized to perform this operation.
  group batch, account 333333333333, us-east-1, zone us-east-1c

OTHER FAILURES: 1
- assume-role: AccessDenied: not authorized to perform: sts:AssumeRole
  account 333333333333

SPARED: 3 GROUPS
- not-drawn 2, too-few-healthy 1

Stop the monkey:
  npx chaos stop --reason "..."

Every decision, in CloudWatch Logs Insights on the log of chaos_monkey:
  filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp

Looked at 3 groups in 3 accounts (5 account-regions).
Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, started by the schedule at 2026-11-23T09:00:03Z, took 12.3 s.
`);
  });

  test('begins with why nothing was touched when the run was leashed', () => {
    const leashed = aReport({
      mode: 'leashed',
      leashedBecause: 'the configuration says leashed: true',
      strikes: [aStrike({ outcome: 'leashed' })],
    });
    expect(emailBody(leashed)).toMatch(
      /^Nothing was touched: the configuration says leashed: true\n\nWOULD HAVE STRUCK: 1 INSTANCE\n/,
    );
  });

  test('stays short however much happened', () => {
    const report = aReport({
      strikes: Array.from({ length: 5000 }, () => aStrike()),
      failures: Array.from({ length: 5000 }, () => aFailure()),
    });
    const body = emailBody(report);
    expect(body.split('\n').length).toBeLessThan(90);
    expect(body).toContain('\n- and 4,975 more\n');
    expect(body).toContain('\n- and 4,997 more; in all: assume-role: AccessDenied 5,000\n');
  });
});
