import type { ExperimentEvent, ExperimentReport } from '#core/reports/experiment-report.ts';
import { aTarget } from './a-target.ts';
import {
  after,
  aHypothesis,
  anExperimentReport,
  aPageProbe,
  aStruck,
  latency,
  phasesOf,
  startedAt,
} from './an-experiment-report.ts';

/** An event so many seconds after the start. */
function event(seconds: number, is: ExperimentEvent['is'], text: string): ExperimentEvent {
  return { at: after(seconds), is, text };
}

function secondsOf(at: number): number {
  return (at - startedAt) / 1_000;
}

function survived(): ExperimentReport {
  const phases = phasesOf(['baseline', 60], ['fault', 300], ['recovery', 45]);
  return anExperimentReport({
    phases,
    verdict: {
      is: 'survived',
      why: 'page had 12 bad samples of 1,500 (0.8 %), orders 0 of 60: less than is allowed',
      at: after(405),
    },
    next: [
      'Scale up: add a stage with 600 ms to the ramp.',
      'Or let it run every Monday, as a regression test: schedule { cron: "0 10 ? * MON *" }.',
    ],
    probes: [
      aPageProbe(({ is }) => (is === 'fault' ? 505 : 210), {
        ...{ notices: 0.086, below: 0.0071, recoveredAfterMs: 1_400 },
        measure: ({ is }, random, at) => {
          if (is === 'fault' && random.chance(0.003)) {
            return { is: 'bad', detail: 'no answer within 3 s' };
          }
          const slow = is === 'fault' && secondsOf(at) > 61;
          const value = latency(random, slow ? 505 : 210);
          return value > 800 ? { is: 'bad', value, detail: `${value} ms` } : { is: 'good', value };
        },
      }),
      aPageProbe(() => 0, {
        ...{ name: 'orders', type: 'slo', everyMs: 5_000, notices: 0.22, below: 0.05, recoveredAfterMs: 0 },
        what: 'SLO orders in eu-west-1: 99.5 % of requests are good',
        measure: () => ({ is: 'good' }),
      }),
      {
        ...{ name: 'queue', type: 'cloudwatch-metric', everyMs: 10_000, unit: 'messages', is: 'observed' },
        what: 'ApproximateNumberOfMessagesVisible of thumbnails',
        measure: ({ is }, random) => ({ is: 'good', value: random.int(0, 4) + (is === 'fault' ? 14 : 0) }),
      },
    ],
    strikes: [aStruck({ from: after(60), to: after(360), undo: '7c1e09b2a4d35f68' })],
    events: [
      event(0, 'phase', 'baseline begins: 60 s'),
      event(60, 'phase', 'the fault is injected, for 5 min'),
      event(60.4, 'strike', 'lambda-latency on listImages succeeded'),
      event(360, 'undo', 'lambda-latency on listImages undone, and read back'),
      event(361.4, 'phase', 'recovered: page is within its tolerance again'),
      event(405, 'verdict', 'survived'),
    ],
    notes: [
      {
        at: after(3_600),
        by: 'alice',
        text: 'The fallback image is served after 250 ms.\nNext week: 600 ms, and the retry in checkout.',
      },
    ],
  });
}

function deviated(): ExperimentReport {
  const phases = phasesOf(
    ...([
      ['baseline/1', 60],
      ['fault/1', 120],
      ['recovery/1', 90],
      ['pause/1', 60],
    ] as const),
    ...([
      ['baseline/2', 60],
      ['fault/2', 19],
      ['recovery/2', 130],
    ] as const),
  );
  const lost = (stage: number, id: string, seconds: number) =>
    aStruck({
      ...{ step: 'lose', stage, group: '111111111111/eu-west-1/asg/web' },
      target: aTarget({ id, group: '111111111111/eu-west-1/asg/web' }),
      fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
      ...{ detail: 'running -> shutting-down', from: after(seconds) },
    });
  return anExperimentReport({
    phases,
    title: 'The web group loses instances',
    hypothesis: aHypothesis(
      'instances of web are terminated',
      'at most 1 in 100 requests fails, and the group is whole again in 5 minutes',
    ),
    owner: 'team-web',
    tags: ['capacity'],
    startedBy: 'schedule',
    trigger: 'schedule',
    stages: { reached: 2, planned: 3 },
    verdict: {
      is: 'deviated',
      why: 'probe site had 71 bad samples of 190 (37 %) in stage 2, and 1 % are allowed',
      probe: 'site',
      at: after(409),
      evidence: { reached: 3_140_000, bound: 200 },
    },
    next: [
      'Fix: requests fail until the load balancer notices that an instance is gone. Drain first, or check health more often.',
      'Write down what was learned, or the ramp does not go on: ./chaos experiment note 20261123T090000Z-3f9a1c2b',
      'Then run the same file again.',
    ],
    probes: [
      aPageProbe(() => 38, {
        ...{ name: 'site', limit: 250, everyMs: 100, tolerance: { bad: 0.01 }, is: 'deviated' },
        what: 'GET https://web.example.com/ with status 200 within 250 ms',
        ...{ notices: 0.041, detectedAfterMs: 11_900, recoveredAfterMs: 27_000 },
        measure: (phase, random, at) => {
          const second = secondsOf(at);
          const isOut = (second >= 397 && second < 436) || (second >= 62 && second < 62.4);
          if (isOut && random.chance(0.55))
            return { is: 'bad', detail: 'status 502', value: latency(random, 12) };
          if (isOut && random.chance(0.06)) return { is: 'bad', detail: 'no answer within 3 s' };
          return { is: 'good', value: latency(random, phase.is === 'fault' && phase.stage === 2 ? 95 : 38) };
        },
      }),
      {
        ...{ name: 'capacity', type: 'group-healthy', everyMs: 5_000, is: 'within' },
        what: 'at least 50 % of 111111111111/eu-west-1/asg/web are healthy',
        ...{ unit: '%', tolerance: { badForMs: 60_000 }, recoveredAfterMs: 0 },
        measure: (_phase, _random, at) => {
          const second = secondsOf(at);
          const isLow = second >= 392 && second < 470;
          return { is: 'good', value: isLow ? 66 : second > 62 && second < 140 ? 83 : 100 };
        },
      },
    ],
    strikes: [
      lost(1, 'i-0c3c978e8d5a35e96', 60),
      lost(2, 'i-08bf19e8cc655f7fa', 390),
      lost(2, 'i-0f4a2b91c07de3315', 390),
    ],
    events: [
      event(0, 'phase', 'stage 1 of 3: baseline begins'),
      event(60.2, 'strike', 'ec2-terminate on i-0c3c978e8d5a35e96 succeeded'),
      event(270, 'phase', 'stage 1 survived; pause of 60 s'),
      event(330, 'phase', 'stage 2 of 3: baseline begins'),
      event(390.1, 'strike', 'ec2-terminate on i-08bf19e8cc655f7fa succeeded'),
      event(390.3, 'strike', 'ec2-terminate on i-0f4a2b91c07de3315 succeeded'),
      event(409, 'verdict', 'deviated: probe site'),
      event(436, 'phase', 'recovered: site is within its tolerance again'),
    ],
  });
}

function inconclusive(): ExperimentReport {
  return anExperimentReport({
    verdict: {
      is: 'inconclusive',
      why: 'only 57 % of the samples of probe page could be measured, and 90 % are needed',
      probe: 'page',
      at: after(110),
    },
    next: ['Give the function more memory, or let the probe sample less often, and run it again.'],
    probes: [
      aPageProbe(() => 240, {
        is: 'too-little',
        measure: (phase, random) =>
          phase.is === 'fault' && random.chance(0.38)
            ? { is: 'unmeasured', detail: 'our own machine was too busy' }
            : { is: 'good', value: latency(random, 240) },
      }),
    ],
    strikes: [aStruck({ from: after(30), to: after(90), undo: '7c1e09b2a4d35f68' })],
    events: [
      event(30.4, 'strike', 'lambda-latency on listImages succeeded'),
      event(34, 'problem', 'samples of page are late by more than 50 ms: they count as unmeasured'),
      event(90, 'undo', 'lambda-latency on listImages undone, and read back'),
      event(110, 'verdict', 'inconclusive'),
    ],
  });
}

function notSteady(): ExperimentReport {
  return anExperimentReport({
    phases: phasesOf(['baseline', 30]),
    stages: { reached: 0, planned: 1 },
    verdict: {
      is: 'not-steady',
      why: 'probe page had 43 bad samples of 150 (29 %) in the baseline, and 5 % are allowed',
      probe: 'page',
      at: after(30),
    },
    next: [
      'Nothing was injected. Find out why page loads are slow now, or allow what is normal, and run it again.',
    ],
    probes: [aPageProbe(() => 720, { is: 'not-steady' })],
    events: [event(0, 'phase', 'baseline begins'), event(30, 'verdict', 'not-steady: probe page')],
  });
}

function aborted(): ExperimentReport {
  return anExperimentReport({
    phases: phasesOf(['baseline', 30], ['fault', 22], ['recovery', 20]),
    verdict: { is: 'aborted', why: 'it was stopped 22 s into the fault', by: 'stop by bob', at: after(52) },
    next: ['Ask bob why, and run it again.'],
    probes: [aPageProbe(({ is }) => (is === 'fault' ? 540 : 240), { is: 'within', recoveredAfterMs: 900 })],
    strikes: [aStruck({ from: after(30), to: after(53), undo: '7c1e09b2a4d35f68' })],
    events: [
      event(30.4, 'strike', 'lambda-latency on listImages succeeded'),
      event(52, 'stop', 'stop by bob: "checkout is on call for the sale"'),
      event(53, 'undo', 'lambda-latency on listImages undone, and read back'),
      event(53, 'verdict', 'aborted: stop by bob'),
    ],
  });
}

function undoFailed(): ExperimentReport {
  return anExperimentReport({
    verdict: {
      is: 'undo-failed',
      why: 'the undo of lambda-latency on listImages is refused: AccessDenied, 4 times since 10:01:30',
      at: after(110),
    },
    next: [
      'Undo it by hand: the commands are below. The fault ends by itself at 10:02:30, as the layer goes by expiresAt.',
      'Then find out who has taken ssm:PutParameter from the role.',
    ],
    probes: [
      aPageProbe(({ is }) => (is === 'baseline' ? 240 : 560), { is: 'within', notices: 0.12, below: 0.06 }),
    ],
    strikes: [
      aStruck({
        from: after(30),
        undo: '7c1e09b2a4d35f68',
        detail: 'the parameter could not be restored: AccessDenied',
        byHand: [
          'aws ssm delete-parameter --region eu-west-1 --name /chaos/failure/listImages',
          "aws lambda tag-resource --region eu-west-1 --resource arn:aws:lambda:eu-west-1:111111111111:function:listImages --tags 'chaos:undone=7c1e09b2a4d35f68'",
        ],
      }),
      aStruck({
        step: 'slow',
        outcome: 'spared',
        group: '111111111111/eu-west-1/lambda/upload',
        detail: 'vetoed by carol until Mon 2026-11-30 09:00',
      }),
    ],
    events: [
      event(30.4, 'strike', 'lambda-latency on listImages succeeded'),
      event(90, 'undo', 'the undo of lambda-latency on listImages failed: AccessDenied'),
      event(110, 'problem', 'chaos_janitor goes on trying'),
      event(110, 'verdict', 'undo-failed'),
    ],
    failures: [
      {
        stage: 'undo',
        code: 'AccessDenied',
        message:
          'User: arn:aws:sts::111111111111:assumed-role/chaos-monkey-undo/janitor is not authorized to perform: ssm:DeleteParameter',
        account: '111111111111',
        region: 'eu-west-1',
        group: '111111111111/eu-west-1/lambda/listImages',
      },
    ],
  });
}

/** A report of each verdict that people see most, by its name. */
export const sampleReports = {
  survived,
  deviated,
  inconclusive,
  'not-steady': notSteady,
  aborted,
  'undo-failed': undoFailed,
} as const;
