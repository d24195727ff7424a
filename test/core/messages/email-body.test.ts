import { describe, expect, test } from 'vitest';
import { digest } from '#core/messages/digest.ts';
import { emailBody } from '#core/messages/email-body.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { aMasterDeployment, stopsOf } from '../../support/a-master-deployment.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import { aBroken, aFailure, aRecovered, aReport, aStrike, aVerification } from '../../support/a-report.ts';

const [stop, stopByAwsCli] = stopsOf(aMasterDeployment());
const bodyOf = (report: RunReport) => emailBody((limits) => digest(report, aMasterDeployment(), limits));

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
    expect(bodyOf(report)).toBe(`STRUCK: 1 INSTANCE
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

Stop the monkey, in the clone of this project:
  ${stop}

Stop it without a clone, with the aws CLI and credentials of account 111111111111:
  ${stopByAwsCli}

Every decision, in CloudWatch Logs Insights on the log of chaos_monkey:
  filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp

Looked at 3 groups in 3 accounts (5 account-regions).
Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, started by the schedule at Mon 2026-11-23 09:00 UTC, took 12.3 s.
Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.
`);
  });

  test('begins with why nothing was touched when the run was leashed', () => {
    const leashed = aReport({
      mode: 'leashed',
      leashedBecause: 'the configuration says leashed: true',
      strikes: [aStrike({ outcome: 'leashed' })],
    });
    expect(bodyOf(leashed)).toMatch(
      /^Nothing was touched: the configuration says leashed: true\n\nWOULD HAVE STRUCK: 1 INSTANCE\n/,
    );
  });

  test('of a look after earlier strikes reads from what is broken to what to do about it', () => {
    const group = '333333333333/us-east-1/tag/batch';
    expect(
      bodyOf(aVerification({ recoveries: [aBroken(), aRecovered({ group })] })),
    ).toBe(`NOT RECOVERED: 1 GROUP
- Auto Scaling group web: 1 of 2 desired are healthy, 59 minutes after i-0a1b2c3d4e5f60718 was struck by run 20261123T080000Z-5d3e2f10
  account 222222222222, eu-west-1, struck at Mon 2026-11-23 08:00 UTC

RECOVERED: 1 GROUP
- group batch in 3 min 12 s: 2 of 2 desired are healthy
  account 333333333333, us-east-1, i-0a1b2c3d4e5f60718 struck at Mon 2026-11-23 08:00 UTC

The group is leashed: no run strikes it. Lift that once it is well:
  ./chaos leash 222222222222/eu-west-1/asg/web --off --region eu-west-1

Stop the monkey, in the clone of this project:
  ${stop}

Stop it without a clone, with the aws CLI and credentials of account 111111111111:
  ${stopByAwsCli}

Every recovery, in CloudWatch Logs Insights on the log of chaos_monkey:
  filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp

Looked after earlier strikes.
Run 20261123T090000Z-3f9a1c2b, started by the schedule at Mon 2026-11-23 09:00 UTC, took 12.3 s.
Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.
`);
  });

  test('of a plan reads from who is drawn to how to be left alone', () => {
    const plan = aPlan({
      days: [
        aDay({
          strikes: [
            aPlanned({ slot: '2026-11-23T08:00:00Z' }),
            aPlanned({
              group: '333333333333/us-east-1/tag/batch',
              fault: 'ec2-stop',
              instanceId: undefined,
              dependsOn: ['only if its leash is lifted'],
            }),
          ],
        }),
      ],
    });
    expect(
      emailBody((limits) => planDigest(plan, aMasterDeployment(), limits)),
    ).toBe(`MON 2026-11-23, EUROPE/BERLIN: 2 STRIKES
- 09:00 Auto Scaling group web: ec2-terminate, i-0a1b2c3d4e5f60718 if its members stay
  222222222222/eu-west-1/asg/web
- 14:00 group batch: ec2-stop, no instance of it is healthy now
  333333333333/us-east-1/tag/batch, only if its leash is lifted

To have a group left alone, Europe/Berlin time:
  ./chaos veto GROUP --until 2026-11-24T00:00 --reason "..." --region eu-west-1

Stop the monkey, in the clone of this project:
  ${stop}

Stop it without a clone, with the aws CLI and credentials of account 111111111111:
  ${stopByAwsCli}

Drawn from the groups seen at Mon 2026-11-23 09:00 Europe/Berlin. Guards, gates and budgets may still spare one.
Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.
`);
  });

  test('stays short however much happened', () => {
    const report = aReport({
      strikes: Array.from({ length: 5000 }, () => aStrike()),
      recoveries: Array.from({ length: 5000 }, (_, index) => aBroken({ group: `1/r/asg/${index}` })),
      failures: Array.from({ length: 5000 }, () => aFailure()),
    });
    const body = bodyOf(report);
    expect(body.split('\n').length).toBeLessThan(170);
    expect(body).toContain('\n- and 4,975 more\n');
    expect(body).toContain('\n- and 4,997 more; in all: assume-role: AccessDenied 5,000\n');
  });

  test('leaves most of what SNS takes to machines, whatever the names are made of', () => {
    const text = '猿"'.repeat(300);
    const report = aReport({
      strikes: (['succeeded', 'unknown', 'failed'] as const).flatMap((outcome) =>
        Array.from({ length: 60 }, () => aStrike({ outcome, detail: text, group: text, zone: text })),
      ),
      recoveries: Array.from({ length: 60 }, () => aBroken({ group: text })),
      failures: Array.from({ length: 60 }, () => aFailure({ message: text, group: text })),
      groupsNotFound: [text],
    });
    const body = bodyOf(report);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(64 * 1024);
    expect(body).toContain('STRUCK: 60 INSTANCES');
    expect(body).toMatch(/\n- and \d+ more\n/);
  });
});
