import { SNSClient } from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { snsAnnouncer } from '#aws/announcer.ts';
import { makeClients } from '#aws/clients/clients.ts';
import { maxMessageBytes } from '#aws/publish-message.ts';
import { emailBody } from '#core/messages/email-body.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import { reportDigest } from '#core/messages/report-digest.ts';
import { planSubject, subject } from '#core/messages/subject.ts';
import type { Announcer } from '#core/ports/announcer.ts';
import { Plan } from '#core/reports/plan.ts';
import { RunReport } from '#core/reports/run-report.ts';
import { parse } from '#core/util/parse.ts';
import { aMasterDeployment } from '../support/a-master-deployment.ts';
import { aDay, aPlan, aPlanned } from '../support/a-plan.ts';
import {
  aBroken,
  aDecision,
  aFailure,
  aRecovered,
  aReport,
  aStrike,
  aVerification,
} from '../support/a-report.ts';
import { aTarget } from '../support/a-target.ts';
import { instantClock } from '../support/instant-clock.ts';

const topicArn = 'arn:aws:sns:eu-west-1:111111111111:chaos-monkey';
const topics = { topicArn, notRecoveredTopicArn: 'arn:aws:sns:eu-west-1:111111111111:chaos-not-recovered' };

const Input = z.object({
  TopicArn: z.string(),
  Subject: z.string(),
  Message: z.string(),
  MessageStructure: z.literal('json'),
  MessageAttributes: z.record(z.string(), z.object({ DataType: z.string(), StringValue: z.string() })),
});
const Message = z.strictObject({ default: z.string(), email: z.string() });

const emailOf = (report: RunReport) =>
  emailBody((limits) => reportDigest(report, aMasterDeployment(), limits));

/** What reaches SNS when a report is announced. */
async function published(report: RunReport, { quietRuns = false, old = 0 } = {}) {
  return publishedBy((announcer) => announcer.announce(report, old), quietRuns);
}

async function publishedBy(announce: (announcer: Announcer) => Promise<void>, quietRuns = false) {
  return z.array(Input).parse(await sentBy(announce, quietRuns));
}

async function sentBy(announce: (announcer: Announcer) => Promise<void>, quietRuns = false) {
  const calls: object[] = [];
  const clients = makeClients({
    clock: instantClock(),
    concurrency: 1,
    transport: async ({ command, input }) => {
      expect(command).toBe('PublishCommand');
      calls.push(input);
      return { MessageId: 'm' };
    },
  });
  const client = clients(SNSClient, {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  await announce(snsAnnouncer({ client, ...topics, quietRuns, deployment: aMasterDeployment() }));
  return calls;
}

function sizeOf({ Message }: { readonly Message: string }): number {
  return Buffer.byteLength(Message);
}

function eventOf(call: z.infer<typeof Input> | undefined) {
  const event = JSON.parse(Message.parse(JSON.parse(call?.Message ?? '')).default);
  return { ...event, report: parse(RunReport, event.report, 'event') };
}

describe('snsAnnouncer', () => {
  test('does not announce a run whose only failures have been announced before', async () => {
    const report = aReport({ failures: [aFailure()] });
    expect(await published(report, { old: 1 })).toEqual([]);
    const [call] = await published(
      { ...report, strikes: [aStrike()], counts: { ...report.counts, succeeded: 1 } },
      { old: 1 },
    );
    expect(call?.MessageAttributes.outcome?.StringValue).toBe('["strike"]');
    // The message has them all the same.
    expect(eventOf(call).report.failures).toHaveLength(1);
  });

  test('publishes readable text for e-mail and the whole report for machines', async () => {
    const report = aReport({ strikes: [aStrike()], failures: [aFailure()], decisions: [aDecision()] });
    const [call, ...others] = await published(report);
    expect(others).toEqual([]);
    expect(call).toMatchObject({ TopicArn: topicArn, Subject: subject(report) });
    expect(JSON.parse(call?.Message ?? '')).toEqual({
      default: JSON.stringify({
        schemaVersion: 1,
        type: 'chaos.run',
        deployment: aMasterDeployment(),
        report,
      }),
      email: emailOf(report),
    });
  });

  test('does not announce a run with nothing to report, unless configured to', async () => {
    const quiet = aReport({ decisions: [aDecision()] });
    expect(await published(quiet)).toEqual([]);
    const [call] = await published(quiet, { quietRuns: true });
    expect(call?.Subject).toBe('Chaos monkey struck nothing');
  });

  test('has mode and outcome as attributes, for subscription filters', async () => {
    const outcomeOf = async (report: RunReport) =>
      (await published(report, { quietRuns: true }))[0]?.MessageAttributes.outcome;
    const array = (...values: string[]) => ({
      DataType: 'String.Array',
      StringValue: JSON.stringify(values),
    });
    expect(await outcomeOf(aReport({ strikes: [aStrike()] }))).toEqual(array('strike'));
    expect(await outcomeOf(aReport({ strikes: [aStrike()], failures: [aFailure()] }))).toEqual(
      array('strike', 'failure'),
    );
    expect(await outcomeOf(aReport())).toEqual(array('quiet'));
    expect(await outcomeOf(aVerification({ recoveries: [aRecovered()] }))).toEqual(array('recovery'));
    expect(await outcomeOf(aReport({ strikes: [aStrike()], recoveries: [aBroken(), aRecovered()] }))).toEqual(
      array('strike', 'recovery', 'not-recovered'),
    );

    const [leashed] = await published(
      aReport({ mode: 'leashed', strikes: [aStrike({ outcome: 'leashed' })] }),
    );
    expect(leashed?.MessageAttributes.mode).toEqual({ DataType: 'String', StringValue: 'leashed' });
  });

  test('truncates a run over 40,000 groups to the limit of SNS, but keeps every strike', async () => {
    const report = aReport({
      strikes: Array.from({ length: 300 }, (_, index) => aStrike({ target: aTarget({ id: `i-${index}` }) })),
      decisions: Array.from({ length: 40_000 }, (_, index) =>
        aDecision({ group: `222222222222/eu-west-1/asg/web-${index}` }),
      ),
    });
    const [call] = await published(report);
    const event = eventOf(call);
    expect(event.report.strikes).toHaveLength(300);
    expect(event.report.counts).toEqual(report.counts);
    expect(event.report.omitted?.decisions).toBe(40_000 - event.report.decisions.length);
    expect(event.report.omitted?.text).toContain('the log of run 20261123T090000Z-3f9a1c2b');
    expect(Message.parse(JSON.parse(call?.Message ?? '')).email).toBe(emailOf(report));
    // Cut by what the message takes up, not by a guess that leaves half of it empty.
    expect(sizeOf(call ?? { Message: '' })).toBeGreaterThan(0.98 * maxMessageBytes);
  });

  test('message and attributes fit, whatever characters names contain', async () => {
    const alphabets = ['a', '"', '\\', '\n', '\u0001', 'é', '猿', '\u{1F412}', '"\\\u0001', 'a"猿'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...alphabets),
        fc.constantFrom(...alphabets),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 500, max: 3000 }),
        async (one, other, length, count) => {
          const report = aReport({
            strikes: Array.from({ length: count }, () => aStrike({ detail: one.repeat(length) })),
            decisions: Array.from({ length: count }, () => aDecision({ group: other.repeat(length) })),
          });
          const [call] = await published(report);
          expect(sizeOf(call ?? { Message: '' })).toBeLessThanOrEqual(maxMessageBytes);
          const attributes = Buffer.byteLength(JSON.stringify(call?.MessageAttributes));
          expect(maxMessageBytes + attributes).toBeLessThan(262_144);
          const { strikes, omitted } = eventOf(call).report;
          expect(strikes.length + (omitted?.strikes ?? 0)).toBe(count);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('a plan is readable for e-mail and complete for machines', async () => {
    const plan = aPlan({ mode: 'leashed' });
    expect(await publishedBy((announcer) => announcer.announcePlan(plan))).toEqual([
      {
        TopicArn: topicArn,
        Subject: planSubject(plan),
        Message: JSON.stringify({
          default: JSON.stringify({
            schemaVersion: 1,
            type: 'chaos.plan',
            deployment: aMasterDeployment(),
            plan,
          }),
          email: emailBody((limits) => planDigest(plan, aMasterDeployment(), limits)),
        }),
        MessageStructure: 'json',
        MessageAttributes: {
          mode: { DataType: 'String', StringValue: 'leashed' },
          outcome: { DataType: 'String.Array', StringValue: '["plan"]' },
        },
      },
    ]);
  });

  test('raises the alarm for a group that did not recover on a separate topic', async () => {
    const recovered = aBroken();
    expect(await sentBy((announcer) => announcer.raiseAlarm(recovered))).toEqual([
      {
        TopicArn: topics.notRecoveredTopicArn,
        Message: JSON.stringify({
          schemaVersion: 1,
          type: 'chaos.not-recovered',
          deployment: aMasterDeployment(),
          recovered,
        }),
      },
    ]);
  });

  test('announces a plan even if nothing is drawn', async () => {
    const plan = aPlan({ days: [aDay({ strikes: [] })] });
    const [call] = await publishedBy((announcer) => announcer.announcePlan(plan));
    expect(call?.Subject).toBe('Chaos monkey: nothing is drawn for Mon 2026-11-23');
  });

  test('truncates a plan of 10,000 strikes to the limit of SNS, and both forms say how many were left out', async () => {
    const strikes = Array.from({ length: 10_000 }, (_, index) =>
      aPlanned({ group: `222222222222/eu-west-1/asg/web "${index}"` }),
    );
    const plan: Plan = aPlan({ days: [aDay({ strikes })], failures: [aFailure()] });
    const [call] = await publishedBy((announcer) => announcer.announcePlan(plan));
    const { default: machine, email } = Message.parse(JSON.parse(call?.Message ?? ''));
    const [day] = parse(Plan, JSON.parse(machine).plan, 'event').days;
    expect(day?.strikes).toEqual(strikes.slice(0, day?.strikes.length));
    expect((day?.strikes.length ?? 0) + (day?.omitted ?? 0)).toBe(10_000);
    expect(email).toContain('\n- and 9,975 more: ./chaos plan --date 2026-11-23 --region eu-west-1\n');
    expect(sizeOf(call ?? { Message: '' })).toBeLessThanOrEqual(maxMessageBytes);
    expect(sizeOf(call ?? { Message: '' })).toBeGreaterThan(0.98 * maxMessageBytes);
  });

  test('throws the errors of SNS', async () => {
    const clients = makeClients({
      clock: instantClock(),
      concurrency: 1,
      transport: async () => {
        throw Object.assign(new Error('Topic does not exist'), { name: 'NotFoundException' });
      },
    });
    const client = clients(SNSClient, {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    });
    const announcer = snsAnnouncer({ client, ...topics, quietRuns: false, deployment: aMasterDeployment() });
    await expect(announcer.announce(aReport({ strikes: [aStrike()] }))).rejects.toThrow(
      'Topic does not exist',
    );
    await expect(announcer.announcePlan(aPlan())).rejects.toThrow('Topic does not exist');
  });
});
