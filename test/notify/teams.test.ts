import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseNotification } from '#lambdas/chaos-notifier/notification.ts';
import type { Notification } from '#notify/shared/channel.ts';
import { teamsMessage as teamsForms } from '#notify/teams.ts';
import { aReport, aStrike } from '../support/a-report.ts';
import { crowdedNotifications } from '../support/crowded-notifications.ts';
import { alarmMessage, notificationOf, snsEvent } from '../support/notifications.ts';

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
          const notifications = crowdedNotifications(unit.repeat(length), count);
          for (const message of notifications.flatMap((one) => [...teamsForms(one)])) {
            expect(TeamsMessage.parse(message)).toEqual(message);
            expect(bytesOf(message)).toBeLessThanOrEqual(maxBytes);
          }
        },
      ),
      { numRuns: 10 },
    );
  });
});
