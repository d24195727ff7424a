import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseNews } from '#lambdas/chaos-notifier/news.ts';
import { slackMessage } from '#lambdas/chaos-notifier/slack.ts';
import { aFailure, aReport, aStrike } from '../../support/a-report.ts';
import { alarmMessage, newsOf, snsEvent } from '../../support/news.ts';

/** What Slack takes. Source: Block Kit reference: header, section and context blocks; text object. */
const Mrkdwn = z.strictObject({
  type: z.literal('mrkdwn'),
  text: z.string().min(1).max(3000),
  verbatim: z.literal(true),
});
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
    .max(50),
});

const textsOf = (message: ReturnType<typeof slackMessage>) =>
  message.blocks.flatMap((block) =>
    block.type === 'context' ? block.elements.map(({ text }) => text) : [block.text.text],
  );

describe('slackMessage', () => {
  test('a run is laid out from headline to footer', () => {
    const report = aReport({ strikes: [aStrike()], failures: [aFailure({ message: 'not authorized' })] });
    const message = slackMessage(newsOf(report));
    expect(SlackLimits.parse(message)).toEqual(message);
    expect(message.text).toBe('Chaos monkey struck 1 instance in account 222222222222; 1 failure');
    expect(textsOf(message)).toEqual([
      'Chaos monkey struck 1 instance in account 222222222222; 1 failure',
      [
        '*Struck: 1 instance*',
        '```i-0a1b2c3d4e5f60718: ec2-terminate (via ec2): running -&gt; shutting-down',
        '  Auto Scaling group web, account 222222222222, eu-west-1, zone eu-west-1a```',
      ].join('\n'),
      '*Failures: 1*\n```assume-role: AccessDenied: not authorized\n  account 333333333333```',
      '*Spared: 3 groups*\n```not-drawn 2, too-few-healthy 1```',
      '*Stop the monkey*\n```npx chaos stop --reason "..."```',
      '*Every decision, in CloudWatch Logs Insights on the log of chaos_monkey*\n```filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp```',
      '`Looked at 3 groups in 3 accounts (5 account-regions).`',
      '`Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, started by the schedule at 2026-11-23T09:00:03Z, took 12.3 s.`',
    ]);
  });

  test('an alarm is laid out as well', () => {
    const message = slackMessage(parseNews(snsEvent(alarmMessage)));
    expect(SlackLimits.parse(message)).toEqual(message);
    expect(textsOf(message)[1]).toContain('A scheduled run was not made.');
  });

  test('a name cannot mention a channel, make a link, or end the code it stands in', () => {
    const name = '<!channel> <https://evil.example|click> & ```*bold* `x`';
    const report = aReport({ strikes: [aStrike({ group: `222222222222/eu-west-1/asg/${name}` })] });
    const [, struck] = textsOf(slackMessage(newsOf(report)));
    expect(struck).toContain(
      "Auto Scaling group &lt;!channel&gt; &lt;https://evil.example|click&gt; &amp; '''*bold* 'x', account",
    );
    // The two fences that we set are the only backticks.
    expect(struck?.match(/`+/g)).toEqual(['```', '```']);
  });

  test('500 strikes and 500 failures are a readable few and the counts', () => {
    const report = aReport({
      strikes: Array.from({ length: 500 }, () => aStrike()),
      failures: Array.from({ length: 500 }, () => aFailure()),
    });
    const message = slackMessage(newsOf(report));
    expect(SlackLimits.parse(message)).toEqual(message);
    const text = textsOf(message).join('\n');
    expect(text).toContain('*Struck: 500 instances*');
    expect(text).toContain('and 480 more');
    expect(text.length).toBeLessThan(8000);
  });

  test('what would take more than 50 blocks shows fewer entries, and says how many more there are', () => {
    // Escaped, each is five times as long.
    const long = '&'.repeat(390);
    const many = (outcome: 'succeeded' | 'failed') =>
      Array.from({ length: 60 }, () => aStrike({ outcome, detail: long, group: long }));
    const report = aReport({ strikes: [...many('succeeded'), ...many('failed')] });
    const message = slackMessage(newsOf(report));
    expect(SlackLimits.parse(message)).toEqual(message);
    expect(textsOf(message).join('\n')).toContain('and 50 more');
  });

  test('whatever the texts are made of, Slack takes the message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('&', '<', '`', 'a', '猿', '\u{1F412}', '"', '\n', '*a* '),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 60 }),
        (unit, length, count) => {
          const text = unit.repeat(length);
          const strikes = (['succeeded', 'leashed', 'failed'] as const).flatMap((outcome) =>
            Array.from({ length: count }, () => aStrike({ outcome, detail: text, group: text, zone: text })),
          );
          const report = aReport({
            strikes,
            failures: Array.from({ length: count }, () => aFailure({ message: text, group: text })),
            gates: Array.from({ length: 5 }, () => ({ gate: 'gate', open: false, text })),
            groupsNotFound: [text],
            leashedBecause: text,
            counts: { spared: { [text]: 3 } },
          });
          const message = slackMessage(newsOf(report));
          expect(SlackLimits.parse(message)).toEqual(message);
        },
      ),
      { numRuns: 60 },
    );
  });
});
