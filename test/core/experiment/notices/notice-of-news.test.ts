import { describe, expect, test } from 'vitest';
import { noticeOfNews } from '#core/experiment/notices/notice-of-news.ts';
import { ExperimentNotice } from '#core/reports/experiment-notice.ts';
import { aHypothesis, anExperimentReport, aStruck } from '../../../support/an-experiment-report.ts';
import { anExperiment, aRun, startsAt } from '../engine/an-experiment.ts';

const head = {
  id: '20261123T090000Z-00000001',
  title: 'What if listImages takes an extra 300 ms?',
  owner: 'team-shop',
  rehearsal: false,
};
const hypothesis = aHypothesis('listImages takes 300 ms longer', 'pages still load within 800 ms');
const open = aStruck({ undo: 'entry-1', byHand: ['aws ssm delete-parameter'] });
const undone = aStruck({ undo: 'entry-2', to: '2026-11-23T09:01:30.000Z' });
const noticed = ({ group, target, fault }: typeof open) => ({ group, target, fault });

describe('people are told', () => {
  test('what will be struck, not before when, and what the stages change', () => {
    const target = {
      ...{ kind: 'lambda', names: ['listImages'], accounts: ['111111111111'], regions: ['eu-west-1'] },
      ...{ tags: { app: 'shop' }, select: { count: 1 } },
    };
    const fault = { name: 'lambda-latency', parameters: { milliseconds: 300 } };
    const step = { name: 'slow', fault, target, holdMs: 300_000, startAfter: [] };
    const stages = [
      {},
      { slow: { select: { percent: 25 }, holdMs: 60_000 } },
      { slow: { select: 'all' as const } },
    ];
    const run = aRun({ experiment: anExperiment({ method: [step], stages }) });
    const notice = noticeOfNews(run, { is: 'soon', at: startsAt }, startsAt);
    expect(notice).toEqual({
      ...{ is: 'soon', ...head, at: '2026-11-23T09:00:10.000Z', strikes: [] },
      ...{ hypothesis, startedBy: 'alice', stages: { reached: 0, planned: 3 } },
      steps: [
        {
          name: 'slow',
          text: 'lambda-latency (milliseconds 300) on 1 target of kind lambda named listImages with the tag app=shop in account 111111111111 in eu-west-1, for 5 min',
          changes: ['stage 2: 25 % of the targets, for 1 min', 'stage 3: all targets'],
        },
      ],
    });
    expect(ExperimentNotice.parse(notice)).toEqual(notice);
  });

  test('who or what has aborted it, and what is still in place before what is not', () => {
    const news = {
      is: 'aborted',
      by: 'stop by bob: too loud',
      strikes: [undone, open],
      isUndone: false,
    } as const;
    const notice = noticeOfNews(aRun(), news, startsAt);
    expect(notice).toEqual({
      ...{ is: 'aborted', ...head, at: '2026-11-23T09:00:00.000Z', by: 'stop by bob: too loud' },
      isUndone: false,
      strikes: [
        {
          ...{ id: 'entry-1', ...noticed(open), byHand: open.byHand },
          text: 'succeeded, parameter /chaos/listImages written; NOT undone',
        },
        {
          ...{ id: 'entry-2', ...noticed(undone), byHand: [] },
          text: 'succeeded, parameter /chaos/listImages written; undone at 2026-11-23T09:01:30.000Z',
        },
      ],
    });
    expect(ExperimentNotice.parse(notice)).toEqual(notice);
  });

  test('the verdict, what it means and promises, what to do next, and where the report is', () => {
    const report = anExperimentReport({ next: ['Scale up: slow on 2 targets.'], strikes: [undone] });
    const page = 'https://console.example/report';
    const notice = noticeOfNews(aRun(), { is: 'ended', report, page }, startsAt);
    expect(notice).toMatchObject({
      ...{ is: 'ended', ...head, id: report.id, verdict: 'survived', why: report.verdict.why },
      means: 'The steady state held under the fault.',
      ...{ hypothesis: report.hypothesis, promise: report.promise, next: report.next, page },
      probes: [{ name: 'page', text: expect.stringMatching(/^within tolerance\. Bad samples under/) }],
      strikes: [{ id: 'entry-2' }],
    });
    expect(ExperimentNotice.parse(notice)).toEqual(notice);
  });

  test('nothing of an injection, and of a rehearsal only what a schedule has started', () => {
    expect(noticeOfNews(aRun(), { is: 'injected', strikes: [] }, startsAt)).toBeUndefined();
    const report = anExperimentReport({ rehearsal: true });
    const news = { is: 'ended', report, page: undefined } as const;
    const rehearsal = aRun({ rehearsal: true });
    expect(noticeOfNews(rehearsal, news, startsAt)).toBeUndefined();
    const told = noticeOfNews({ ...rehearsal, trigger: 'schedule' }, news, startsAt);
    expect(told).toMatchObject({ is: 'ended', rehearsal: true });
    expect(told).not.toHaveProperty('page');
  });

  test('nothing of what probes send', () => {
    const secret = {
      url: 'https://shop.example.com/',
      headers: { authorization: 'swordfish' },
      body: 'swordfish',
    };
    const { steadyState } = anExperiment();
    const probes = steadyState.probes.map((probe) => ({ ...probe, parameters: secret }));
    const run = aRun({ experiment: anExperiment({ steadyState: { ...steadyState, probes } }) });
    const news = { is: 'soon', at: startsAt } as const;
    expect(JSON.stringify(noticeOfNews(run, news, startsAt))).not.toContain('swordfish');
  });
});
