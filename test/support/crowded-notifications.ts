import type { Notification } from '#notify/shared/channel.ts';
import { aDay, aPlan, aPlanned } from './a-plan.ts';
import { aBroken, aFailure, aRecovered, aReport, aStrike } from './a-report.ts';
import { aTarget } from './a-target.ts';
import { crowdedNotices } from './an-experiment-notice.ts';
import { notificationOf, notificationOfNotice, notificationOfPlan } from './notifications.ts';

/** Notifications of a run, of a plan and of experiments that have everything there can be, `count` times, and this text wherever one comes from outside. */
export function crowdedNotifications(text: string, count: number): readonly Notification[] {
  const many = <One>(make: () => One) => Array.from({ length: count }, make);
  const report = aReport({
    strikes: (['succeeded', 'leashed', 'unknown', 'failed'] as const).flatMap((outcome) =>
      many(() => aStrike({ outcome, detail: text, group: text, target: aTarget({ facts: { zone: text } }) })),
    ),
    recoveries: many(() => [aBroken({ group: text }), aRecovered({ group: text })]).flat(),
    failures: many(() => aFailure({ message: text, group: text })),
    gates: Array.from({ length: 5 }, (_, index) => ({ gate: 'gate', open: index > 2, text })),
    groupsNotFound: [text],
    leashedBecause: text,
    counts: { spared: { [text]: 3 } },
  });
  const strikes = many(() => aPlanned({ group: text, dependsOn: [text] }));
  const plan = aPlan({ days: [aDay({ strikes })], failures: report.failures });
  const notices = crowdedNotices(text, count).map((notice) => notificationOfNotice(notice));
  return [notificationOf(report), notificationOfPlan(plan), ...notices];
}
