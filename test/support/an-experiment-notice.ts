import type { ExperimentNotice, NoticedStrike } from '#core/reports/experiment-notice.ts';
import { maxText, oneLine } from '#core/util/format.ts';
import { anUndoEntry } from './an-undo-entry.ts';

type NoticeOf<Is extends ExperimentNotice['is']> = Extract<ExperimentNotice, { readonly is: Is }>;

const head = {
  id: '20261123T090000Z-3f9a1c2b',
  title: 'What if checkout has no concurrency?',
  owner: 'team-shop',
  rehearsal: false,
};
const hypothesis = {
  if: 'checkout is throttled',
  // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
  then: '95 in 100 page loads still answer within 800 ms',
};

/** Still in place, unless `byHand` is overridden. */
export function aNoticedStrike(overrides: Partial<NoticedStrike> = {}): NoticedStrike {
  const { id, group, target, fault, byHand } = anUndoEntry();
  return { id, group, target, fault, byHand, text: 'AccessDenied: not authorized; NOT undone', ...overrides };
}

export const anUndoneStrike = aNoticedStrike({ byHand: [], text: 'undone at 2026-11-23T09:03:00.000Z' });

export function aSoonNotice(overrides: Partial<NoticeOf<'soon'>> = {}): NoticeOf<'soon'> {
  return {
    ...{ ...head, is: 'soon', at: '2026-11-23T09:11:00.000Z', strikes: [], hypothesis },
    ...{ startedBy: 'alice', stages: { reached: 0, planned: 2 } },
    steps: [
      {
        name: 'throttle',
        text: 'lambda-concurrency (limit 0) on 1 target of kind lambda with the tag app=shop, for 5 min',
        changes: ['stage 2: 25 % of the targets'],
      },
    ],
    ...overrides,
  };
}

export function anAbortedNotice(overrides: Partial<NoticeOf<'aborted'>> = {}): NoticeOf<'aborted'> {
  return {
    ...{ ...head, is: 'aborted', at: '2026-11-23T09:13:00.000Z', by: 'stop by bob: too loud' },
    ...{ isUndone: true, strikes: [anUndoneStrike] },
    ...overrides,
  };
}

export function anEndedNotice(overrides: Partial<NoticeOf<'ended'>> = {}): NoticeOf<'ended'> {
  return {
    ...{ ...head, is: 'ended', at: '2026-11-23T09:21:00.000Z', strikes: [anUndoneStrike], hypothesis },
    ...{ startedBy: 'alice', startedAt: '2026-11-23T09:00:00.000Z', stages: { reached: 2, planned: 2 } },
    ...{ verdict: 'survived', means: 'The steady state held under the fault.' },
    why: '1 probe stayed within tolerance; would have been noticed: page 12 % bad',
    next: ['Scale up: throttle on 50 % of its targets.'],
    probes: [{ name: 'page', text: 'within tolerance. Bad samples under the fault: 4 of 1,500 (0.27 %).' }],
    promise:
      'False alarms at most 1 %, if at no moment the chance of a bad sample exceeds the tolerance; longer bursts count as deviations.',
    page: 'https://eu-west-1.console.aws.amazon.com/s3/object/reports?region=eu-west-1&prefix=experiments/20261123T090000Z-3f9a1c2b.html',
    ...overrides,
  };
}

export function anUndoFailedNotice(overrides: Partial<NoticeOf<'ended'>> = {}): NoticeOf<'ended'> {
  return anEndedNotice({
    ...{ verdict: 'undo-failed', means: 'Something may still be broken: undo it by hand.' },
    why: '222222222222/eu-west-1/asg/web could not be undone: AccessDenied: not authorized',
    next: ['The janitor goes on trying. Undo it now: chaos undo, or by hand with the commands below.'],
    strikes: [aNoticedStrike()],
    ...overrides,
  });
}

export function aDiedNotice(overrides: Partial<NoticeOf<'died'>> = {}): NoticeOf<'died'> {
  return {
    ...{ ...head, is: 'died', at: '2026-11-23T09:14:00.000Z', verdict: 'failed' },
    why: 'whoever ran it died; undone by the janitor',
    strikes: [anUndoneStrike],
    ...overrides,
  };
}

/**
 * One of each kind that has everything there can be, `count` times, and this text wherever one comes from outside, cut where whoever makes
 * a notice cuts it.
 */
export function crowdedNotices(outside: string, count: number): readonly ExperimentNotice[] {
  const many = <One>(one: One) => Array.from({ length: count }, () => one);
  const text = oneLine(outside, maxText);
  const strike = aNoticedStrike({ group: outside, text, byHand: [`aws ${outside}`, `aws ${outside}`] });
  const common = { title: text, owner: text, rehearsal: true, omittedStrikes: count };
  const strikes = many([strike, { ...strike, byHand: [] }]).flat();
  // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
  const whose = { ...common, startedBy: text, hypothesis: { if: text, then: text } };
  return [
    aSoonNotice({
      ...whose,
      steps: many({ name: text, text, changes: many(oneLine(text, 100)).slice(0, 10) }).slice(0, 20),
    }),
    anAbortedNotice({ ...common, by: text, isUndone: false, strikes }),
    anUndoFailedNotice({
      ...{ ...whose, why: text, strikes, next: [text, text] },
      probes: many({ name: text, text }).slice(0, 40),
    }),
    aDiedNotice({ ...common, why: text, verdict: 'undo-failed', strikes }),
  ];
}
