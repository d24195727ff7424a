import { describe, expect, test } from 'vitest';
import { stopActions } from '#core/messages/actions.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import { planEvent, runEvent } from '#core/messages/published-event.ts';
import { reportDigest } from '#core/messages/report-digest.ts';
import { version } from '#core/util/version.ts';
import { parseNotification } from '#lambdas/chaos-notifier/notification.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import { aBroken, aDecision, aFailure, aRecovered, aReport, aStrike } from '../../support/a-report.ts';
import { alarmMessage, notificationOf, notificationOfPlan, snsEvent } from '../../support/notifications.ts';

const limits = { strikes: 20, failures: 10 };

describe('parseNotification', () => {
  test('a run comes through as it was reported', () => {
    const report = aReport({
      mode: 'leashed',
      leashedBecause: 'the configuration says leashed: true',
      strikes: [aStrike({ outcome: 'leashed' })],
      recoveries: [aRecovered(), aBroken()],
      failures: [aFailure({ region: 'eu-west-1', group: '333333333333/eu-west-1/asg/web' })],
      decisions: [aDecision({ also: [{ code: 'group-degraded', text: '1 of 2' }] })],
      groupsNotFound: ['wbe'],
      omitted: { decisions: 1, strikes: 0, recoveries: 0, failures: 0, text: 'left out' },
    });
    const notification = notificationOf(report);
    expect(notification.name).toBe('run 20261123T090000Z-3f9a1c2b');
    expect(notification.digest(limits)).toEqual(reportDigest(report, aMasterDeployment(), limits));
  });

  test('a plan comes through as it was made', () => {
    const plan = aPlan({
      mode: 'leashed',
      days: [aDay({ strikes: [aPlanned({ due: undefined, targetId: undefined })], omitted: 2 })],
      failures: [aFailure()],
      omittedFailures: 1,
    });
    const notification = notificationOfPlan(plan);
    expect(notification.name).toBe('plan of 2026-11-23');
    expect(notification.digest(limits)).toEqual(planDigest(plan, aMasterDeployment(), limits));
  });

  test('an alarm of the stack is told with what it means', () => {
    const notification = parseNotification(snsEvent(alarmMessage));
    expect(notification.name).toBe('alarm chaos-monkey-slot-missed');
    expect(notification.digest(limits)).toEqual({
      headline: 'ALARM: chaos-monkey-slot-missed',
      notes: [alarmMessage.AlarmDescription, alarmMessage.NewStateReason].map((text) => ({
        text,
        tone: 'plain',
      })),
      sections: [],
      actions: [],
      whole: 'The CloudWatch console shows all details.',
      footer: [
        'Changed at 2026-11-23T09:10:00.000+0000.',
        `Chaos monkey ${version} in master account 111111111111, eu-west-1.`,
      ],
    });
    expect(
      parseNotification(snsEvent({ ...alarmMessage, AlarmDescription: null })).digest(limits).notes,
    ).toEqual([{ text: alarmMessage.NewStateReason, tone: 'plain' }]);
  });

  test('a run that does not say whose it is says what to fill in, and is told all the same', () => {
    const { deployment: _, ...event } = runEvent(aReport(), aMasterDeployment());
    const { actions } = parseNotification(snsEvent(event)).digest(limits);
    expect(actions).toEqual(
      expect.arrayContaining([...stopActions({ account: 'ACCOUNT', region: 'REGION', table: 'TABLE' })]),
    );
  });

  test('an event that is not from SNS is refused', () => {
    expect(() => parseNotification({})).toThrow(
      /SNS event is not valid:\n {2}Records: expected an event from SNS/,
    );
    expect(() => parseNotification({ Records: [] })).toThrow('SNS event is not valid');
    expect(() => parseNotification(undefined)).toThrow('SNS event is not valid');
  });

  test('a message that is not JSON, or of another version or type, is refused by its path', () => {
    const event = runEvent(aReport(), aMasterDeployment());
    expect(() => parseNotification(snsEvent('struck two instances'))).toThrow('SNS message is not valid');
    expect(() => parseNotification(snsEvent({ ...event, schemaVersion: 2 }))).toThrow(
      /schemaVersion: .* found 2/,
    );
    expect(() => parseNotification(snsEvent({ ...event, type: 'chaos.game' }))).toThrow(
      'SNS message is not valid:\n  type: expected an event of type "chaos.run", "chaos.plan", "chaos.undo" or "chaos.experiment", found "chaos.game"',
    );
    // A run is no plan.
    expect(() => parseNotification(snsEvent({ ...event, type: 'chaos.plan' }))).toThrow(
      'plan: expected object, found nothing',
    );
  });

  test('a key that we do not know is passed over: a newer version may have published it', () => {
    const told = planEvent(aPlan(), aMasterDeployment());
    const more = { verdict: 'fine' };
    const plan = parseNotification(snsEvent({ ...told, ...more, plan: { ...told.plan, ...more } }));
    expect(plan.digest(limits)).toEqual(parseNotification(snsEvent(told)).digest(limits));
    const event = runEvent(aReport(), aMasterDeployment());
    const deployment = { ...event.deployment, ...more };
    const run = parseNotification(
      snsEvent({ ...event, ...more, deployment, report: { ...event.report, ...more } }),
    );
    expect(run.digest(limits)).toEqual(parseNotification(snsEvent(event)).digest(limits));
  });

  test('a deployment that cannot be read is to be filled in, and the rest is told', () => {
    const event = { ...runEvent(aReport(), aMasterDeployment()), deployment: { account: 7 } };
    expect(JSON.stringify(parseNotification(snsEvent(event)).digest(limits))).toContain('--region REGION');
  });
});
