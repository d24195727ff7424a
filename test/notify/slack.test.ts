import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseNotification } from '#lambdas/chaos-notifier/notification.ts';
import type { Notification } from '#notify/shared/channel.ts';
import { slackMessage as slackForms } from '#notify/slack.ts';
import { aMasterDeployment, stopsOf } from '../support/a-master-deployment.ts';
import { aBroken, aFailure, aReport, aStrike, aVerification } from '../support/a-report.ts';
import { crowdedNotifications } from '../support/crowded-notifications.ts';
import { alarmMessage, notificationOf, snsEvent } from '../support/notifications.ts';

/** What Slack takes. Source: Block Kit reference: header, section and context blocks; text object. */
const Mrkdwn = z.strictObject({
  type: z.literal('mrkdwn'),
  text: z.string().min(1).max(3000),
  verbatim: z.literal(true),
});
type SlackBlock =
  | { readonly type: 'context'; readonly elements: readonly { readonly text: string }[] }
  | { readonly type: 'header' | 'section'; readonly text: { readonly text: string } };
const textOf = (block: SlackBlock) =>
  block.type === 'context' ? block.elements.map(({ text }) => text).join('') : block.text.text;
const SlackLimits = z.strictObject({
  text: z.string().min(1).max(40_000),
  blocks: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('header'),
          text: z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(150) }),
        }),
        z.strictObject({ type: z.literal('section'), text: Mrkdwn }),
        z.strictObject({ type: z.literal('context'), elements: z.array(Mrkdwn).min(1).max(10) }),
      ]),
    )
    .min(1)
    .max(50)
    // Measured, not documented: slackapi/bolt-js issue 2509.
    .refine((blocks) => blocks.map(textOf).join('').length <= 12_000, 'too much text in all'),
});

const [stop, stopByAwsCli] = stopsOf(aMasterDeployment());

/** The fullest form. */
function slackMessage(notification: Notification) {
  const [message] = slackForms(notification);
  if (message === undefined) throw new Error('no message at all');
  return message;
}

const textsOf = (message: ReturnType<typeof slackMessage>) =>
  message.blocks.flatMap((block) =>
    block.type === 'context' ? block.elements.map(({ text }) => text) : [block.text.text],
  );

describe('slackMessage', () => {
  test('a name cannot end the quotes around it in a command', () => {
    const recoveries = [aBroken({ group: '222222222222/eu-west-1/asg/`; reboot; `' })];
    expect(textsOf(slackMessage(notificationOf(aVerification({ recoveries }))))[2]).toContain(
      "./chaos leash '222222222222/eu-west-1/asg/\u02cb; reboot; \u02cb' --off",
    );
  });

  test('an alarm is laid out as well', () => {
    const message = slackMessage(parseNotification(snsEvent(alarmMessage)));
    expect(SlackLimits.parse(message)).toEqual(message);
    expect(textsOf(message)[1]).toContain('A scheduled run was not made.');
  });

  test('a name cannot mention a channel, make a link, or end the code it stands in', () => {
    const name = '<!channel> <https://evil.example|click> & ```*bold* `x`';
    const report = aReport({ strikes: [aStrike({ group: `222222222222/eu-west-1/asg/${name}` })] });
    const [, struck] = textsOf(slackMessage(notificationOf(report)));
    expect(struck).toContain(
      'asg/&lt;!channel&gt; &lt;https://evil.example|click&gt; &amp; \u02cb\u02cb\u02cb*bold* \u02cbx\u02cb, zone',
    );
    // The two fences that we set are the only backticks.
    expect(struck?.match(/`+/g)).toEqual(['```', '```']);
  });

  test('should Slack refuse it, there is ever less in it, and in the end the headline and what to do', () => {
    const report = aReport({
      strikes: Array.from({ length: 30 }, () => aStrike()),
      failures: Array.from({ length: 30 }, () => aFailure()),
    });
    const forms = [...slackForms(notificationOf(report))].map(textsOf);
    const lengths = forms.map((texts) => texts.join('').length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(forms.map((texts) => /and (\d+) more/.exec(texts.join(''))?.[1])).toEqual([
      ...['10', '15', '20', '25', '28', '29', '30'],
      undefined,
    ]);
    expect(forms.at(-1)).toEqual([
      'Chaos monkey struck 30 targets in account 222222222222; 30 failures',
      '```This message was shortened to fit. The log has all of it: see the last command.```',
      expect.stringContaining(stop),
      expect.stringContaining(stopByAwsCli),
      expect.stringContaining('filter runId = "20261123T090000Z-3f9a1c2b"'),
      ...(forms[0] ?? []).slice(-4),
    ]);
  });

  test('500 strikes and 500 failures are a readable few and the counts', () => {
    const report = aReport({
      strikes: Array.from({ length: 500 }, () => aStrike()),
      failures: Array.from({ length: 500 }, () => aFailure()),
    });
    const message = slackMessage(notificationOf(report));
    expect(SlackLimits.parse(message)).toEqual(message);
    const text = textsOf(message).join('\n');
    expect(text).toContain('*Struck: 500 targets*');
    expect(text).toContain('and 480 more');
    expect(text.length).toBeLessThan(8000);
  });

  test('what would be too much text in all shows fewer entries, and says how many more there are', () => {
    // Escaped, each is five times as long.
    const long = '&'.repeat(390);
    const many = (outcome: 'succeeded' | 'failed') =>
      Array.from({ length: 60 }, () => aStrike({ outcome, detail: long, group: long }));
    const report = aReport({ strikes: [...many('succeeded'), ...many('failed')] });
    const message = slackMessage(notificationOf(report));
    expect(SlackLimits.parse(message)).toEqual(message);
    expect(textsOf(message).join('\n')).toContain('and 59 more');
  });

  test('whatever the texts are made of, Slack takes the message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('&', '<', '`', 'a', '猿', '\u{1F412}', '"', '\n', '*a* '),
        fc.integer({ min: 1, max: 1500 }),
        fc.integer({ min: 0, max: 60 }),
        (unit, length, count) => {
          const notifications = crowdedNotifications(unit.repeat(length), count);
          for (const message of notifications.flatMap((one) => [...slackForms(one)])) {
            expect(SlackLimits.parse(message)).toEqual(message);
          }
        },
      ),
      { numRuns: 10 },
    );
  });
});
