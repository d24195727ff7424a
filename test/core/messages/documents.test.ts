import { describe, expect, test } from 'vitest';
import { planText } from '#cli/render/plan.ts';
import { reportText } from '#cli/render/report.ts';
import { wrapText } from '#cli/render/wrap.ts';
import { emailBody } from '#core/messages/email-body.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import { reportDigest } from '#core/messages/report-digest.ts';
import type { Limits } from '#core/messages/section.ts';
import { slackMessage } from '#notify/slack.ts';
import { teamsMessage } from '#notify/teams.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import { aBroken, aDecision, aFailure, aGone, aRecovered, aReport, aStrike } from '../../support/a-report.ts';
import { aTarget } from '../../support/a-target.ts';
import { notificationOf, notificationOfPlan } from '../../support/notifications.ts';

const deployment = aMasterDeployment({ timeZone: 'Europe/Berlin' });
const plain = (_styles: unknown, text: string) => text;
const batch = '333333333333/us-east-1/tag/batch';
const ineligible =
  'no target is eligible: i-0b2ae5641de9a50dd: no tag chaos:opt-in=true; i-01bdbcf59e38e868e: no tag chaos:opt-in=true';

/** Something of everything that a run can have to say. */
const report = aReport({
  gates: [
    { gate: 'stop', open: true, text: 'no stop is set' },
    { gate: 'schedule', open: false, text: 'outside the window until 2026-11-24T08:00:00Z' },
  ],
  ...{ groupsNotFound: ['wbe', 'apu'], didYouMean: { wbe: 'web' } },
  strikes: [
    aStrike(),
    aStrike({
      group: batch,
      target: aTarget({ facts: { zone: 'us-east-1c' } }),
      outcome: 'unknown',
      detail: 'TimeoutError: no answer',
    }),
    aStrike({
      target: aTarget({ id: 'i-0fedcba9876543210' }),
      outcome: 'failed',
      detail: 'UnauthorizedOperation: no',
    }),
  ],
  recoveries: [
    aBroken(),
    aRecovered({ group: batch, recovery: { exact: false, tookMs: 4_000_000 } }),
    aGone({ group: '222222222222/eu-west-1/asg/old' }),
  ],
  failures: [
    aFailure(),
    aFailure({ account: '444444444444' }),
    aFailure({ code: 'Throttling', region: 'eu-west-1' }),
  ],
  decisions: [
    aDecision({ verdict: 'strike', reason: { code: 'drawn', text: 'drew 0.01, a strike is below 0.1667' } }),
    aDecision({ group: '222222222222/eu-west-1/asg/api' }),
    aDecision({ group: batch, reason: { code: 'instance-not-opted-in', text: ineligible } }),
  ],
  counts: { groups: 1_204, spared: { 'not-drawn': 1_200, 'instance-not-opted-in': 1 } },
  omitted: {
    decisions: 1_199,
    strikes: 0,
    recoveries: 0,
    failures: 0,
    text: 'Left out to fit: 1,199 decisions.',
  },
});

const idle = { group: '222222222222/eu-west-1/asg/cart', due: undefined, targetId: undefined };
const plan = aPlan({
  ...{ mode: 'leashed', madeAt: '2026-11-23T08:30:00Z', to: '2026-11-28' },
  stop: { reason: 'sale', by: 'ann', at: '2026-11-23T07:00:00.000Z' },
  days: [
    aDay({
      strikes: [
        aPlanned({ ...idle, slot: '2026-11-23T08:00:00Z' }),
        aPlanned({ ...idle, slot: '2026-11-23T09:00:00Z' }),
        aPlanned(),
      ],
    }),
    aDay({
      day: '2026-11-24',
      strikes: [
        aPlanned({ slot: '2026-11-24T09:00:00Z', dependsOn: ['only if it is not struck on 2026-11-23'] }),
      ],
      omitted: 4,
    }),
    aDay({ day: '2026-11-28', strikes: [], off: 'Saturday' }),
  ],
  leftOut: [
    { code: 'vetoed', groups: 4, strikes: 5, examples: ['a', 'b', 'c'].map((name) => `${batch}-${name}`) },
  ],
  failures: [aFailure({ message: 'no' })],
});

describe.each([
  [
    'a report',
    reportText(report, plain, 'Europe/Berlin'),
    notificationOf(report, deployment),
    (limits: Limits) => reportDigest(report, deployment, limits),
  ],
  [
    'a plan',
    planText(plan, plain),
    notificationOfPlan(plan, deployment),
    (limits: Limits) => planDigest(plan, deployment, limits),
  ],
] as const)('%s', (_name, text, news, digestOf) => {
  test.each([80, 40])('on a terminal of %i columns', (columns) => {
    expect(wrapText(text, columns)).toMatchSnapshot();
  });

  test('as an e-mail', () => {
    expect(emailBody(digestOf)).toMatchSnapshot();
  });

  test('in Slack', () => {
    const [message] = slackMessage(news);
    expect(
      [message?.text, ...(message?.blocks ?? []).map((block) => JSON.stringify(block))].join('\n'),
    ).toMatchSnapshot();
  });

  test('in Teams', () => {
    const [message] = teamsMessage(news);
    const { body = [], ...card } = message?.attachments[0].content ?? {};
    expect([card, ...body].map((block) => JSON.stringify(block)).join('\n')).toMatchSnapshot();
  });
});
