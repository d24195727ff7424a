import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseNotification } from '#lambdas/chaos-notifier/notification.ts';
import type { Notification } from '#notify/shared/channel.ts';
import { teamsMessage as teamsForms } from '#notify/teams.ts';
import { aMasterDeployment, stopsOf } from '../support/a-master-deployment.ts';
import { aDay, aPlan, aPlanned } from '../support/a-plan.ts';
import { aBroken, aFailure, aRecovered, aReport, aStrike, aVerification } from '../support/a-report.ts';
import { alarmMessage, notificationOf, notificationOfPlan, snsEvent } from '../support/notifications.ts';

/** The schema of Adaptive Cards 1.4 for the elements that are used, and the message that a Teams workflow takes. */
const TextRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
  size: z.enum(['Default', 'Small', 'Medium', 'Large', 'ExtraLarge']).optional(),
  fontType: z.enum(['Default', 'Monospace']).optional(),
  isSubtle: z.boolean().optional(),
});
const TeamsMessage = z.strictObject({
  type: z.literal('message'),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal('application/vnd.microsoft.card.adaptive'),
      content: z.strictObject({
        $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
        type: z.literal('AdaptiveCard'),
        version: z.literal('1.4'),
        msteams: z.strictObject({ width: z.literal('Full') }),
        body: z
          .array(
            z.strictObject({
              type: z.literal('RichTextBlock'),
              inlines: z.array(TextRun).min(1),
              spacing: z.enum(['None', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding']),
            }),
          )
          .min(1),
      }),
    }),
  ]),
});
const maxBytes = 28 * 1024;

const [stop, stopByAwsCli] = stopsOf(aMasterDeployment());

/** The fullest form. */
function teamsMessage(notification: Notification) {
  const [message] = teamsForms(notification);
  if (message === undefined) throw new Error('no message at all');
  return message;
}

const bytesOf = (message: object) => Buffer.byteLength(JSON.stringify(message));
const textsOf = (message: ReturnType<typeof teamsMessage>) =>
  message.attachments[0].content.body.flatMap(({ inlines }) => inlines.map(({ text }) => text));

describe('teamsMessage', () => {
  test('a run is laid out from headline to footer', () => {
    const report = aReport({ strikes: [aStrike()], failures: [aFailure({ message: 'not authorized' })] });
    const message = teamsMessage(notificationOf(report));
    expect(TeamsMessage.parse(message)).toEqual(message);
    expect(textsOf(message)).toEqual([
      'Chaos monkey struck 1 instance in account 222222222222; 1 failure',
      'Struck: 1 instance',
      'i-0a1b2c3d4e5f60718: ec2-terminate (via ec2): running -> shutting-down',
      'Auto Scaling group web, account 222222222222, eu-west-1, zone eu-west-1a',
      'Failures: 1',
      'assume-role: AccessDenied: not authorized',
      'account 333333333333',
      'Spared: 3 groups',
      'not-drawn 2, too-few-healthy 1',
      'Stop the monkey, in the clone of this project',
      stop,
      'Stop it without a clone, with the aws CLI and credentials of account 111111111111',
      stopByAwsCli,
      'Every decision, in CloudWatch Logs Insights on the log of chaos_monkey',
      'filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp',
      'Looked at 3 groups in 3 accounts (5 account-regions).',
      'Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, started by the schedule at Mon 2026-11-23 09:00 UTC, took 12.3 s.',
      'Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.',
    ]);
  });

  test('what did not recover comes first, and how to lift its leash before the other commands', () => {
    const recoveries = [aBroken(), aBroken({ group: '333333333333/us-east-1/tag/batch' })];
    const message = teamsMessage(notificationOf(aVerification({ recoveries })));
    expect(TeamsMessage.parse(message)).toEqual(message);
    expect(
      textsOf(message).filter((text) => !text.includes('1 of 2 desired') && !text.startsWith('account ')),
    ).toEqual([
      'Chaos monkey: 2 groups did NOT recover',
      'NOT RECOVERED: 2 groups',
      'The groups are leashed: no run strikes them. Lift that once they are well',
      './chaos leash 222222222222/eu-west-1/asg/web --off --region eu-west-1',
      './chaos leash 333333333333/us-east-1/tag/batch --off --region eu-west-1',
      'Stop the monkey, in the clone of this project',
      stop,
      'Stop it without a clone, with the aws CLI and credentials of account 111111111111',
      stopByAwsCli,
      'Every recovery, in CloudWatch Logs Insights on the log of chaos_monkey',
      'filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp',
      'Looked after earlier strikes.',
      'Run 20261123T090000Z-3f9a1c2b, started by the schedule at Mon 2026-11-23 09:00 UTC, took 12.3 s.',
      'Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.',
    ]);
  });

  test('a plan is laid out from headline to footer', () => {
    const message = teamsMessage(notificationOfPlan(aPlan()));
    expect(TeamsMessage.parse(message)).toEqual(message);
    expect(textsOf(message)).toEqual([
      'Chaos monkey: 1 strike is drawn for Mon 2026-11-23',
      'Mon 2026-11-23, Europe/Berlin: 1 strike',
      '14:00 Auto Scaling group web: ec2-terminate, i-0a1b2c3d4e5f60718 if its members stay',
      '222222222222/eu-west-1/asg/web',
      'To have a group left alone, Europe/Berlin time',
      './chaos veto GROUP --until 2026-11-24T00:00 --reason "..." --region eu-west-1',
      'Stop the monkey, in the clone of this project',
      stop,
      'Stop it without a clone, with the aws CLI and credentials of account 111111111111',
      stopByAwsCli,
      'Drawn from the groups seen at Mon 2026-11-23 09:00 Europe/Berlin. Guards, gates and budgets may still spare one.',
      'Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.',
    ]);
  });

  test('an alarm is laid out as well', () => {
    const message = teamsMessage(parseNotification(snsEvent(alarmMessage)));
    expect(TeamsMessage.parse(message)).toEqual(message);
    expect(textsOf(message)).toContain('A scheduled run was not made.');
  });

  test('no text is read as Markdown', () => {
    const report = aReport({
      strikes: [aStrike({ group: '222222222222/eu-west-1/asg/[x](https://evil.example)' })],
    });
    const types = teamsMessage(notificationOf(report)).attachments[0].content.body.map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['RichTextBlock']));
  });

  test('what would be too large shows fewer entries, and says how many more there are', () => {
    const report = aReport({
      strikes: Array.from({ length: 500 }, () => aStrike({ detail: '猿'.repeat(380) })),
    });
    const message = teamsMessage(notificationOf(report));
    expect(TeamsMessage.parse(message)).toEqual(message);
    expect(bytesOf(message)).toBeLessThanOrEqual(maxBytes);
    expect(textsOf(message)).toContain('and 485 more');
  });

  test('whatever the texts are made of, Teams takes the message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('"', '\\', 'a', '猿', '\u{1F412}', '\n', '\u0001a'),
        fc.integer({ min: 1, max: 1500 }),
        fc.integer({ min: 0, max: 60 }),
        (unit, length, count) => {
          const text = unit.repeat(length);
          const report = aReport({
            strikes: (['succeeded', 'leashed', 'unknown', 'failed'] as const).flatMap((outcome) =>
              Array.from({ length: count }, () => aStrike({ outcome, detail: text, group: text })),
            ),
            recoveries: Array.from({ length: count }, () => [
              aBroken({ group: text }),
              aRecovered({ group: text }),
            ]).flat(),
            failures: Array.from({ length: count }, () => aFailure({ message: text, group: text })),
            gates: Array.from({ length: 5 }, () => ({ gate: 'gate', open: false, text })),
            groupsNotFound: [text],
            leashedBecause: text,
            counts: { spared: { [text]: 3 } },
          });
          const planned = Array.from({ length: count }, () => aPlanned({ group: text, dependsOn: [text] }));
          const plan = aPlan({ days: [aDay({ strikes: planned })], failures: report.failures });
          for (const message of [
            ...teamsForms(notificationOf(report)),
            ...teamsForms(notificationOfPlan(plan)),
          ]) {
            expect(TeamsMessage.parse(message)).toEqual(message);
            expect(bytesOf(message)).toBeLessThanOrEqual(maxBytes);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
