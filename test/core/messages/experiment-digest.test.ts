import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stopExperimentActions } from '#core/messages/actions.ts';
import { emailBody } from '#core/messages/email-body.ts';
import { experimentDigest } from '#core/messages/experiment-digest.ts';
import { experimentSubject } from '#core/messages/subject.ts';
import type { ExperimentNotice } from '#core/reports/experiment-notice.ts';
import { verdicts } from '#core/reports/experiment-report.ts';
import { truncateExperimentNotice } from '#core/reports/truncate-experiment-notice.ts';
import { slackMessage } from '#notify/slack.ts';
import { textsOf } from '../../support/a-digest.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import {
  aDiedNotice,
  aNoticedStrike,
  anAbortedNotice,
  anEndedNotice,
  anUndoFailedNotice,
  aSoonNotice,
  crowdedNotices,
} from '../../support/an-experiment-notice.ts';
import { notificationOfNotice } from '../../support/notifications.ts';

const deployment = aMasterDeployment({ timeZone: 'Europe/Berlin' });
const limits = { strikes: 20, failures: 10 };
const digest = (notice: ExperimentNotice) => experimentDigest(notice, deployment, limits);
const email = (notice: ExperimentNotice) => emailBody((given) => experimentDigest(notice, deployment, given));

test.each<[string, ExperimentNotice]>([
  ['before it', aSoonNotice()],
  ['at an abort', anAbortedNotice()],
  ['at the verdict', anEndedNotice()],
  ['at a verdict that leaves something broken', anUndoFailedNotice()],
  ['where it died', aDiedNotice()],
])('the message %s is as it was reviewed', (_, notice) => {
  expect(`${experimentSubject(notice)}\n\n${email(notice)}`).toMatchSnapshot();
});

describe('the message of an experiment', () => {
  test('says in both zones from when something may be injected', () => {
    expect(digest(aSoonNotice()).notes[0]?.text).toContain(
      'before Mon 2026-11-23 10:11 Europe/Berlin (Mon 2026-11-23 09:11 UTC)',
    );
    const inUtc = experimentDigest(aSoonNotice(), aMasterDeployment(), limits);
    expect(inUtc.notes[0]?.text).toContain('before Mon 2026-11-23 09:11 UTC,');
  });

  test('says how to stop it with a clone and without one, however short it is made', () => {
    const commands = stopExperimentActions(aSoonNotice().id, deployment).flatMap((one) => one.commands);
    expect(commands).toHaveLength(2);
    const brief = digest(aSoonNotice()).actions.flatMap((one) => one.commands);
    expect(brief).toEqual(expect.arrayContaining(commands));
  });

  test('has each verdict in its subject, and what is not undone in capitals', () => {
    const subjects = verdicts.map((verdict) => experimentSubject(anEndedNotice({ verdict })));
    expect(new Set(subjects).size).toBe(verdicts.length);
    expect(experimentSubject(anUndoFailedNotice())).toContain('NOT UNDONE');
    expect(experimentSubject(anAbortedNotice({ isUndone: false }))).toContain('NOT UNDONE');
    expect(experimentSubject(aDiedNotice({ verdict: 'undo-failed' }))).toContain('NOT UNDONE');
  });

  test('has every command that undoes something by hand', () => {
    const strikes = [aNoticedStrike(), aNoticedStrike({ byHand: ['aws one', 'aws two'] })];
    for (const notice of [
      anAbortedNotice({ isUndone: false, strikes }),
      anUndoFailedNotice({ strikes }),
      aDiedNotice({ verdict: 'undo-failed', strikes }),
    ]) {
      const lines = email(notice).split('\n');
      for (const command of strikes.flatMap(({ byHand }) => byHand)) expect(lines).toContain(`  ${command}`);
      expect(lines).toContain(`  ./chaos undo ${strikes[0]?.id} --region eu-west-1`);
      expect(digest(notice).sections[0]).toMatchObject({ tone: 'alarm', count: 2 });
    }
  });

  test('is loud where nobody can tell what is in place', () => {
    const { notes, actions } = digest(anUndoFailedNotice({ strikes: [] }));
    expect(notes[0]?.tone).toBe('alarm');
    expect(actions[0]?.commands).toEqual(['./chaos strikes --active --region eu-west-1']);
  });

  test('says that its report could not be kept', () => {
    const { page: _, ...notice } = anEndedNotice();
    const texts = textsOf(digest(notice)).join('\n');
    expect(texts).toContain('could not be kept');
    expect(texts).not.toContain('experiment report');
  });

  test('says of a rehearsal that it is one', () => {
    for (const notice of [aSoonNotice({ rehearsal: true }), anEndedNotice({ rehearsal: true })]) {
      expect(experimentSubject(notice)).toMatch(/^REHEARSAL: /);
      expect(digest(notice).notes[0]?.text).toMatch(/rehearsal/);
    }
  });
});

describe('whatever a title is made of', () => {
  const hostile = '<!channel> \u0007\u202e\u001b[31m ```x``` \n*b* Größe ';

  test('a chat is not called, and no line is broken', () => {
    const notice = aSoonNotice({ title: hostile, owner: hostile, startedBy: hostile });
    const [message] = slackMessage(notificationOfNotice(notice));
    const text = JSON.stringify(message);
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).not.toContain('<!channel>');
    for (const told of textsOf(digest(notice))) expect(told).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test('a subject is one that SNS takes, and every digest is of single lines', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(hostile.repeat(200), '猿'.repeat(10_000))),
        fc.integer({ min: 0, max: 5 }),
        (text, count) => {
          for (const notice of crowdedNotices(text, count)) {
            expect(experimentSubject(notice)).toMatch(/^[ -~]{1,99}$/);
            for (const told of textsOf(digest(notice))) expect(told).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          }
        },
      ),
      { numRuns: 10 },
    );
  });
});

test('a notice is cut by its strikes alone, those that are undone first, and says how many', () => {
  const open = aNoticedStrike({ byHand: ['x'.repeat(20_000)] });
  const strikes = [
    ...Array.from({ length: 10 }, () => open),
    ...Array.from({ length: 500 }, () => ({ ...open, byHand: [] })),
  ];
  const whole = anUndoFailedNotice({ strikes });
  expect(truncateExperimentNotice(whole, 1e9)).toBe(whole);
  const cut = truncateExperimentNotice(whole, 100_000);
  expect(Buffer.byteLength(JSON.stringify(cut))).toBeLessThanOrEqual(100_000);
  expect(cut.strikes).toEqual(strikes.slice(0, 4));
  expect(cut).toEqual({ ...whole, strikes: cut.strikes, omittedStrikes: 506 });
  expect(truncateExperimentNotice(cut, 50_000).omittedStrikes).toBe(508);
  expect(email(cut)).toContain('506 more strikes');
});
