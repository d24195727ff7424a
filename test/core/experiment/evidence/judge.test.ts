import { describe, expect, test } from 'vitest';
import { type Evidence, endStage, startEvidence, startStage } from '#core/experiment/evidence/evidence.ts';
import { judgeBaseline, judgeEnd as judgeStages } from '#core/experiment/evidence/judge.ts';
import { noticedShare } from '#core/experiment/evidence/noticed-share.ts';
import { aPlan } from './a-plan.ts';
import { evidenceOf } from './some-samples.ts';

const aStatePlan = (samples: number, badForMs = 2_000, stages = 1) =>
  aPlan({ tolerance: { badForMs }, measures: 'state', everyMs: 1_000, samples, stages });
const aState = aStatePlan(20);

const judgeEnd = (evidence: Evidence) => judgeStages([evidence]);

/** Bad samples far apart, so that each is a burst of its own. */
function spread(bad: number, samples: number): string {
  const places = new Set(
    Array.from({ length: bad }, (_, index) => Math.floor(((index + 1) * samples) / (bad + 1))),
  );
  return Array.from({ length: samples }, (_, place) => (places.has(place) ? 'b' : 'g')).join('');
}

describe('a baseline', () => {
  test('is steady while no more is bad than tolerated', () => {
    expect(judgeBaseline(evidenceOf(aPlan(), spread(15, 300)))).toEqual({ is: 'steady' });
  });

  test('is not, if so many bad samples come about by chance once in a hundred, though evidence does not suffice', () => {
    expect(judgeBaseline(evidenceOf(aPlan(), spread(24, 300)))).toEqual({ is: 'steady' });
    expect(judgeBaseline(evidenceOf(aPlan(), spread(25, 300)))).toEqual({
      ...{ is: 'not-steady', why: 'unlikely', bad: 25 },
      probability: expect.closeTo(0.0092, 3),
    });
  });

  test('takes a burst for one bad sample', () => {
    const letters = `${`${'g'.repeat(24)}bbb`.repeat(11)}ggg`;
    expect(evidenceOf(aPlan(), letters).bad).toBe(33);
    expect(judgeBaseline(evidenceOf(aPlan(), letters))).toEqual({ is: 'steady' });
  });

  test('is not steady after an outage, at whatever time', () => {
    expect(judgeBaseline(evidenceOf(aPlan(), `bbbbb${'g'.repeat(295)}`))).toEqual({
      ...{ is: 'not-steady', why: 'deviated', at: 800 },
    });
  });

  test('is not steady where too little was measured', () => {
    expect(judgeBaseline(startEvidence(aPlan()))).toMatchObject({ is: 'not-steady', why: 'unmeasured' });
    expect(judgeBaseline(evidenceOf(aPlan(), 'u'.repeat(300)))).toMatchObject({ why: 'unmeasured' });
  });

  test('may be shorter than it takes to notice an outage', () => {
    expect(judgeBaseline(evidenceOf(aPlan({ samples: 2 }), 'gg'))).toEqual({ is: 'steady' });
  });

  test('of a state may not end badly', () => {
    expect(judgeBaseline(evidenceOf(aState, 'gbbgggggggggggggggbg'))).toEqual({ is: 'steady' });
    expect(judgeBaseline(evidenceOf(aState, 'ggggggggggggggggggbb'))).toEqual({
      ...{ is: 'not-steady', why: 'bad-now', since: 18_000 },
    });
  });

  test('is not steady where its last samples were bad, and that is hardly by chance', () => {
    const plan = (bad: number) => aPlan({ tolerance: { bad } });
    expect(judgeBaseline(evidenceOf(plan(0.05), `${'g'.repeat(299)}b`))).toEqual({ is: 'steady' });
    expect(judgeBaseline(evidenceOf(plan(0.05), `${'g'.repeat(298)}bb`))).toEqual({
      ...{ is: 'not-steady', why: 'bad-last', inRow: 2 },
    });
    expect(judgeBaseline(evidenceOf(plan(0.05), `${'g'.repeat(298)}bu`))).toEqual({ is: 'steady' });
    expect(judgeBaseline(evidenceOf(plan(0.5), `${'g'.repeat(294)}bbbbbb`))).toEqual({ is: 'steady' });
    expect(judgeBaseline(evidenceOf(plan(0.5), `${'g'.repeat(293)}bbbbbbb`))).toMatchObject({ inRow: 7 });
  });

  test('of shares is tested by their sum', () => {
    const plan = aPlan({ measures: 'shares', everyMs: 1_000, samples: 30 });
    const steady: Evidence = {
      ...evidenceOf(plan, 'g'.repeat(30)),
      measured: 30,
      unmeasured: 0,
      bad: 6,
      longestGapMs: 0,
    };
    expect(judgeBaseline(steady)).toEqual({ is: 'steady' });
    expect(judgeBaseline({ ...steady, bad: 7 })).toMatchObject({ why: 'unlikely', bad: 7 });
  });
});

describe('the end of a fault', () => {
  test('survives, with what would have been noticed and what can be ruled out', () => {
    expect(judgeEnd(evidenceOf(aPlan(), spread(3, 300)))).toEqual({
      is: 'survived',
      notices: noticedShare(aPlan()),
      // 3 of 300, by Clopper and Pearson.
      below: expect.closeTo(0.02564, 4),
    });
  });

  test('notices less with fewer samples than planned', () => {
    const end = judgeEnd(evidenceOf(aPlan(), 'g'.repeat(280)));
    expect(end).toMatchObject({ is: 'survived', notices: noticedShare(aPlan(), 280) });
    expect(end).not.toMatchObject({ notices: noticedShare(aPlan()) });
  });

  test('deviated before anything else', () => {
    expect(judgeEnd(evidenceOf(aPlan(), 'bbbbb'))).toEqual({ is: 'deviated', at: 800 });
  });

  test('is inconclusive with more bad samples than tolerated that do not suffice as evidence', () => {
    expect(judgeEnd(evidenceOf(aPlan(), spread(15, 300)))).toMatchObject({ is: 'survived' });
    expect(judgeEnd(evidenceOf(aPlan(), spread(16, 300)))).toEqual({
      ...{ is: 'inconclusive', why: 'above-tolerance', bad: 16 / 300, tolerated: 0.05 },
    });
  });

  test('is inconclusive with less than 90 % measured', () => {
    const plan = aPlan({ tolerance: { bad: 0.2 } });
    expect(judgeEnd(evidenceOf(plan, 'gggggggggu'.repeat(30)))).toMatchObject({ is: 'survived' });
    expect(judgeEnd(evidenceOf(plan, `${'gggggggggu'.repeat(29)}gggggggguu`))).toEqual({
      ...{ is: 'inconclusive', why: 'unmeasured', measured: 269, due: 300, busy: 0 },
    });
    // Nobody even asked.
    expect(judgeEnd(evidenceOf(aPlan(), 'g'.repeat(269)))).toMatchObject({ why: 'unmeasured', due: 300 });
  });

  test('is inconclusive where more would be bad than tolerated, if all that is unmeasured were', () => {
    const plan = aPlan({ tolerance: { bad: 0.01 }, samples: 600 });
    const lost = (unmeasured: number) => spread(unmeasured, 600).replaceAll('b', 'u');
    expect(judgeEnd(evidenceOf(plan, lost(54)))).toEqual({
      ...{ is: 'inconclusive', why: 'unmeasured', measured: 546, due: 600, busy: 0, tolerated: 0.01 },
    });
    expect(judgeEnd(evidenceOf(plan, lost(11)))).toMatchObject({ why: 'unmeasured' });
    // 6 on average, 10 by chance: of 600, as many are bad with 8 %.
    const survived = judgeEnd(evidenceOf(plan, lost(10)));
    expect(survived).toMatchObject({ is: 'survived', below: expect.closeTo(0.0281, 3) });
  });

  test('does not depend on a sample that was lost, however little is tolerated', () => {
    for (const bad of [0, 0.001, 0.01, 0.05]) {
      for (const samples of [20, 60, 300]) {
        const plan = aPlan({ tolerance: { bad }, samples, probes: 1 });
        const end = judgeEnd(evidenceOf(plan, `${'g'.repeat(samples - 1)}u`));
        expect([bad, samples, end.is]).toEqual([bad, samples, 'survived']);
      }
    }
    const strict = aPlan({ tolerance: { bad: 0 }, samples: 60 });
    expect(judgeEnd(evidenceOf(strict, `${'g'.repeat(57)}uuu`))).toMatchObject({ why: 'unmeasured' });
  });

  test('is inconclusive with a gap', () => {
    const plan = aPlan({ samples: 1_000 });
    const letters = (unmeasured: number) =>
      'g'.repeat(500) + 'u'.repeat(unmeasured) + 'g'.repeat(500 - unmeasured);
    expect(judgeEnd(evidenceOf(plan, letters(49)))).toMatchObject({ is: 'survived' });
    expect(judgeEnd(evidenceOf(plan, letters(50)))).toEqual({
      ...{ is: 'inconclusive', why: 'gap', gapMs: 10_200, atMostMs: 10_000, unmeasured: 50, busy: 0 },
    });
    expect(judgeEnd({ ...evidenceOf(aState, 'g'.repeat(20)), longestGapMs: 10_001 })).toMatchObject({
      why: 'gap',
    });
    const seldom = aPlan({ everyMs: 5_000, samples: 20 });
    expect(judgeEnd({ ...evidenceOf(seldom, 'g'.repeat(20)), longestGapMs: 15_000 })).toMatchObject({
      is: 'survived',
    });
  });

  test('is inconclusive with too few samples to notice even an outage', () => {
    expect(judgeEnd(evidenceOf(aPlan({ samples: 5 }), 'ggggg'))).toMatchObject({
      is: 'survived',
      notices: expect.closeTo(1, 1),
    });
    expect(judgeEnd(evidenceOf(aPlan({ samples: 4 }), 'gggg'))).toEqual({
      ...{ is: 'inconclusive', why: 'too-few', measured: 4, least: 5 },
    });
  });

  test('says of several stages what holds for each, and none makes up for another', () => {
    const plan = aPlan({ samples: 600, stages: 2 });
    const stages = (first: string, second: string) => {
      const one = evidenceOf(plan, first);
      return judgeStages([one, evidenceOf(plan, second, one)]);
    };
    const good = 'g'.repeat(300);
    for (const end of [stages(spread(12, 300), good), stages(good, spread(12, 300))]) {
      // 12 of 300.
      expect(end).toMatchObject({
        is: 'survived',
        notices: noticedShare(plan),
        below: expect.closeTo(0.064, 3),
      });
    }
    // As many in one stage are chance, and in both they are not.
    expect(stages(spread(18, 300), good)).toMatchObject({ is: 'survived' });
    expect(stages(spread(18, 300), spread(18, 300))).toMatchObject({ why: 'above-tolerance', bad: 0.06 });
    for (const end of [stages(spread(20, 300), good), stages(good, spread(20, 300))]) {
      expect(end).toMatchObject({ is: 'inconclusive', why: 'above-tolerance', bad: 20 / 300 });
    }
    expect(stages(good, 'g'.repeat(280))).toMatchObject({ notices: noticedShare(plan, 280) });
    expect(stages(good, 'bbbbbbb')).toMatchObject({ is: 'deviated' });
  });

  test('of a state has no shares to tell', () => {
    expect(judgeEnd(evidenceOf(aState, 'ggbggggggggggggggggg'))).toEqual({ is: 'survived' });
    const none = endStage(startStage(startEvidence(aState), 0), 0);
    expect(judgeEnd(none)).toMatchObject({ why: 'unmeasured' });
  });

  test('of a state is inconclusive where it was not watched for longer than it may be bad', () => {
    const plan = (stages: number) => aStatePlan(22 * stages, 20_000, stages);
    expect(judgeEnd(evidenceOf(plan(1), 'g'.repeat(22)))).toEqual({ is: 'survived' });
    expect(judgeEnd(evidenceOf(plan(1), 'b'.repeat(22)))).toMatchObject({ is: 'deviated' });
    expect(judgeEnd(evidenceOf(aStatePlan(21, 20_000), 'b'.repeat(21)))).toEqual({
      ...{ is: 'inconclusive', why: 'too-few', measured: 21, least: 22, badForMs: 20_000 },
    });
    // In each stage anew.
    expect(judgeEnd(evidenceOf(plan(2), 'g'.repeat(22)))).toEqual({ is: 'survived' });
  });

  test('needs all samples but one a stage, which may be due just before or after it', () => {
    const plan = aStatePlan(6);
    expect(judgeEnd(evidenceOf(plan, 'ggggg'))).toEqual({ is: 'survived' });
    expect(judgeEnd(evidenceOf(plan, 'gggg'))).toMatchObject({ why: 'unmeasured', measured: 4, due: 6 });
    expect(judgeEnd(evidenceOf(plan, 'gggggu'))).toMatchObject({ why: 'unmeasured', due: 6 });
    expect(judgeBaseline(evidenceOf(plan, 'ggggg'))).toEqual({ is: 'steady' });
  });
});
