import { describe, expect, test } from 'vitest';
import { digest } from '#core/messages/digest.ts';
import { aMasterDeployment, stopsOf } from '../../support/a-master-deployment.ts';
import { aBroken, aFailure, aRecovered, aReport, aStrike, aVerification } from '../../support/a-report.ts';

const limits = { strikes: 3, failures: 4 };
describe('digest', () => {
  test('notes the leash, the gates that were closed, and groups that were not found', () => {
    const gates = [
      { gate: 'stop', open: true, text: 'no stop is set' },
      { gate: 'schedule', open: false, text: 'it is Sunday' },
    ];
    const leashed = aReport({
      mode: 'leashed',
      leashedBecause: 'the configuration says leashed: true',
      gates,
      groupsNotFound: ['wbe', 'apu'],
    });
    expect(digest(leashed, aMasterDeployment(), limits).notes).toEqual([
      'Nothing was touched: the configuration says leashed: true',
      'A live run would have ended here. Gate schedule: it is Sunday',
      'Not found, mistyped or not opted in: wbe, apu',
    ]);
    expect(digest(aReport({ outcome: 'closed', gates }), aMasterDeployment(), limits).notes).toEqual([
      'Nothing was looked at. Gate schedule: it is Sunday',
    ]);
    expect(digest(aReport(), aMasterDeployment(), limits).notes).toEqual([]);
    expect(
      digest(aReport({ outcome: 'closed', gates, recoveries: [aRecovered()] }), aMasterDeployment(), limits)
        .notes,
    ).toEqual(['Nothing was looked at but what had been struck before. Gate schedule: it is Sunday']);
  });

  test('says how to stop the monkey, unless it is stopped', () => {
    const commands = (gate: string, open: boolean) =>
      digest(aReport({ gates: [{ gate, open, text: '' }] }), aMasterDeployment(), limits).actions.flatMap(
        ({ commands: lines }) => lines,
      );
    const stops = expect.arrayContaining([...stopsOf(aMasterDeployment())]);
    expect(commands('stop', true)).toEqual(stops);
    expect(commands('stop', false).join()).not.toMatch(/chaos stop|:stop/);
    expect(commands('schedule', false)).toEqual(stops);
  });

  test('says how to find every decision of this run', () => {
    expect(digest(aReport(), aMasterDeployment(), limits).actions.at(-1)).toEqual({
      title: 'Every decision, in CloudWatch Logs Insights on the log of chaos_monkey',
      commands: ['filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp'],
    });
    expect(digest(aVerification(), aMasterDeployment(), limits).actions.at(-1)?.title).toMatch(
      /^Every recovery, /,
    );
  });

  test('says before anything else how to lift the leash of a group that did not recover', () => {
    expect(
      digest(aVerification({ recoveries: [aBroken(), aRecovered()] }), aMasterDeployment(), limits)
        .actions[0],
    ).toEqual({
      title: 'The group is leashed: no run strikes it. Lift that once it is well',
      commands: ['./chaos leash 222222222222/eu-west-1/asg/web --off --region eu-west-1'],
    });
  });

  test('has a command for each of them that is shown, and shows what to put in for the others', () => {
    const recoveries = ['a', 'b of ours', 'c', 'd'].map((name) =>
      aBroken({ group: `222222222222/eu-west-1/asg/${name}` }),
    );
    const [action] = digest(aVerification({ recoveries }), aMasterDeployment(), limits).actions;
    expect(action).toEqual({
      title: 'The groups are leashed: no run strikes them. Lift that once they are well',
      commands: [
        './chaos leash 222222222222/eu-west-1/asg/a --off --region eu-west-1',
        "./chaos leash '222222222222/eu-west-1/asg/b of ours' --off --region eu-west-1",
        './chaos leash 222222222222/eu-west-1/asg/c --off --region eu-west-1',
      ],
    });
    const none = { strikes: 0, failures: 0 };
    expect(digest(aVerification({ recoveries }), aMasterDeployment(), none).actions[0]?.commands).toEqual([
      './chaos leash GROUP --off --region eu-west-1',
    ]);
  });

  test('ends with what was looked at and which run it was', () => {
    expect(digest(aReport(), aMasterDeployment(), limits).footer).toEqual([
      'Looked at 3 groups in 3 accounts (5 account-regions).',
      'Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, started by the schedule at Mon 2026-11-23 09:00 UTC, took 12.3 s.',
      'Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.',
    ]);
    expect(digest(aReport({ outcome: 'closed' }), aMasterDeployment(), limits).footer).toHaveLength(2);
    expect(digest(aVerification(), aMasterDeployment(), limits).footer).toEqual([
      'Looked after earlier strikes.',
      'Run 20261123T090000Z-3f9a1c2b, started by the schedule at Mon 2026-11-23 09:00 UTC, took 12.3 s.',
      'Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.',
    ]);
  });

  test('texts from outside are cut and cannot break a line', () => {
    const nasty = `a\nb\u0007${'c'.repeat(5000)}`;
    const report = aReport({
      strikes: [aStrike({ instanceId: nasty, zone: nasty, detail: nasty })],
      recoveries: [aBroken({ group: nasty }), aRecovered({ group: nasty, recovery: { text: nasty } })],
      failures: [aFailure({ message: nasty, group: nasty })],
      gates: [{ gate: 'stop', open: false, text: nasty }],
      groupsNotFound: [nasty],
      counts: { spared: { [nasty]: 1 } },
      runId: nasty,
    });
    const { headline, notes, sections, actions, footer } = digest(report, aMasterDeployment(), limits);
    const texts = [
      headline,
      ...notes,
      ...sections.flatMap(({ entries, more }) => [
        ...entries.flatMap(({ what, where }) => [what, where ?? '']),
        more ?? '',
      ]),
      ...actions.flatMap(({ commands }) => commands),
      ...footer,
    ];
    expect(texts.filter((text) => text.includes('ccc')).length).toBeGreaterThan(6);
    for (const text of texts) {
      expect(text).not.toMatch(/\p{Cc}/u);
      expect(text.length).toBeLessThanOrEqual(450);
    }
  });
});
