import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseNews } from '#lambdas/chaos-notifier/news.ts';
import { teamsMessage } from '#lambdas/chaos-notifier/teams.ts';
import { aFailure, aReport, aStrike } from '../../support/a-report.ts';
import { alarmMessage, newsOf, snsEvent } from '../../support/news.ts';

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

const bytesOf = (message: object) => Buffer.byteLength(JSON.stringify(message));
const textsOf = (message: ReturnType<typeof teamsMessage>) =>
  message.attachments[0].content.body.flatMap(({ inlines }) => inlines.map(({ text }) => text));

describe('teamsMessage', () => {
  test('a run is laid out from headline to footer', () => {
    const report = aReport({ strikes: [aStrike()], failures: [aFailure({ message: 'not authorized' })] });
    const message = teamsMessage(newsOf(report));
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
      'Stop the monkey',
      'npx chaos stop --reason "..."',
      'Every decision, in CloudWatch Logs Insights on the log of chaos_monkey',
      'filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp',
      'Looked at 3 groups in 3 accounts (5 account-regions).',
      'Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, started by the schedule at 2026-11-23T09:00:03Z, took 12.3 s.',
    ]);
  });

  test('an alarm is laid out as well', () => {
    const message = teamsMessage(parseNews(snsEvent(alarmMessage)));
    expect(TeamsMessage.parse(message)).toEqual(message);
    expect(textsOf(message)).toContain('A scheduled run was not made.');
  });

  test('no text is read as Markdown', () => {
    const report = aReport({
      strikes: [aStrike({ group: '222222222222/eu-west-1/asg/[x](https://evil.example)' })],
    });
    const types = teamsMessage(newsOf(report)).attachments[0].content.body.map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['RichTextBlock']));
  });

  test('what would be too large shows fewer entries, and says how many more there are', () => {
    const report = aReport({
      strikes: Array.from({ length: 500 }, () => aStrike({ detail: '猿'.repeat(380) })),
    });
    const message = teamsMessage(newsOf(report));
    expect(TeamsMessage.parse(message)).toEqual(message);
    expect(bytesOf(message)).toBeLessThanOrEqual(maxBytes);
    expect(textsOf(message)).toContain('and 490 more');
  });

  test('whatever the texts are made of, Teams takes the message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('"', '\\', 'a', '猿', '\u{1F412}', '\n', '\u0001a'),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 60 }),
        (unit, length, count) => {
          const text = unit.repeat(length);
          const report = aReport({
            strikes: (['succeeded', 'leashed', 'failed'] as const).flatMap((outcome) =>
              Array.from({ length: count }, () => aStrike({ outcome, detail: text, group: text })),
            ),
            failures: Array.from({ length: count }, () => aFailure({ message: text, group: text })),
            gates: Array.from({ length: 5 }, () => ({ gate: 'gate', open: false, text })),
            groupsNotFound: [text],
            leashedBecause: text,
            counts: { spared: { [text]: 3 } },
          });
          const message = teamsMessage(newsOf(report));
          expect(TeamsMessage.parse(message)).toEqual(message);
          expect(bytesOf(message)).toBeLessThanOrEqual(maxBytes);
        },
      ),
      { numRuns: 60 },
    );
  });
});
