import { describe, expect, test } from 'vitest';
import { planText } from '#cli/render/plan.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';

const plain = (_styles: unknown, text: string) => text;

describe('planText', () => {
  test('lists each group once with its moments by local time, and the sums', () => {
    const later = aPlanned({
      ...{ slot: '2026-11-24T09:00:00Z', due: undefined, instanceId: undefined },
      dependsOn: ['only if it is not struck on 2026-11-23'],
    });
    const other = aPlanned({ group: '222222222222/eu-west-1/asg/long-name', due: undefined });
    const days = [aDay({ strikes: [aPlanned(), other] }), aDay({ day: '2026-11-24', strikes: [later] })];
    expect(planText(aPlan({ to: '2026-11-24', days }), plain)).toBe(
      ` LIVE  Chaos monkey: 3 strikes are drawn for Mon 2026-11-23 to Tue 2026-11-24
Guards, gates, budgets and a stop can still spare any of them.
Times are in Europe/Berlin.

222222222222/eu-west-1/asg/web
  Mon 2026-11-23 14:00  ec2-terminate on i-0a1b2c3d4e5f60718, drawn for 13:31
  Tue 2026-11-24 10:00  ec2-terminate on an instance: none is eligible now
                        only if it is not struck on 2026-11-23

222222222222/eu-west-1/asg/long-name
  Mon 2026-11-23 14:00  ec2-terminate on i-0a1b2c3d4e5f60718

3 strikes of 2 groups on 2 days, 1 not certain even by the draws, 0 failures
From the groups seen at Mon 2026-11-23 09:00 Europe/Berlin`,
    );
  });

  test('lists a group without an eligible instance after the others, a day a line', () => {
    const idle = { group: '222222222222/eu-west-1/asg/cart', due: undefined, instanceId: undefined };
    const strikes = [
      aPlanned({ ...idle, slot: '2026-11-23T08:00:00Z' }),
      aPlanned({ ...idle, slot: '2026-11-23T09:00:00Z' }),
      aPlanned(),
    ];
    const plan = aPlan({ madeAt: '2026-11-23T08:00:00Z', days: [aDay({ strikes })] });
    expect(planText(plan, plain)).toMatch(
      /asg\/web\n.*\n\n222222222222\/eu-west-1\/asg\/cart {2}no instance of it is eligible now\n {2}Mon 2026-11-23 {2}09:00, 10:00\n\n/,
    );
  });

  test('marks what has passed, and says how many', () => {
    const idle = { group: '222222222222/eu-west-1/asg/cart', due: undefined, instanceId: undefined };
    const strikes = [aPlanned({ ...idle, slot: '2026-11-23T08:00:00Z' }), aPlanned()];
    const at = (madeAt: string) => planText(aPlan({ madeAt, days: [aDay({ strikes })] }), plain);
    expect(at('2026-11-23T08:00:00Z')).not.toContain('passed');
    const later = at('2026-11-23T12:50:00Z');
    expect(later).toContain('\nSlots of 1 strike have passed. What came of them: ./chaos status\n');
    expect(later).toContain('Mon 2026-11-23  09:00 (passed)\n');
    expect(later).not.toContain('13:31 (passed)');
    expect(at('2026-11-23T13:50:00Z')).toContain(
      ', drawn for 13:31 (passed; if it was spared, due until the day is over)\n',
    );
  });

  test('says that a stop stands', () => {
    const stop = { reason: 'sale', by: 'ann', at: '2026-11-23T07:00:00.000Z' };
    expect(planText(aPlan({ stop }), plain, ' --region eu-west-1')).toContain(
      '\n STOPPED  "sale", by ann at Mon 2026-11-23 08:00 Europe/Berlin\nNone of them is made until: ./chaos resume --region eu-west-1\n',
    );
  });

  test('says how many it left out, and why', () => {
    const leftOut = [
      { code: 'probability-zero', groups: 5, strikes: 0, examples: ['a', 'b', 'c'] },
      { code: 'vetoed', groups: 1, strikes: 2, examples: ['222222222222/eu-west-1/asg/cart'] },
    ];
    expect(planText(aPlan({ leftOut }), plain)).toContain(`
Left out, as certain to be spared
  probability-zero (5 groups)
    a
    b
    c
    and 2 others
  vetoed (1 group, 2 strikes)
    222222222222/eu-west-1/asg/cart
  How one of them stands: ./chaos explain GROUP
`);
  });

  test('says on top that it is leashed', () => {
    expect(planText(aPlan({ mode: 'leashed' }), plain)).toMatch(
      /^ LEASHED {2}Chaos monkey: 1 strike is drawn .*\nNothing will be touched: the configuration says leashed: true\n/,
    );
  });

  test('tells why a day is off, and that nothing is drawn for another', () => {
    const days = [
      aDay({ day: '2026-11-27', strikes: [] }),
      aDay({ day: '2026-11-28', strikes: [], off: 'Saturday' }),
    ];
    const text = planText(aPlan({ from: '2026-11-27', to: '2026-11-28', days }), plain);
    expect(text).toContain('Fri 2026-11-27: nothing\n');
    expect(text).toContain('Sat 2026-11-28: nothing, Saturday\n');
    expect(text).toContain('\n0 strikes of 0 groups on 2 days, 1 of them off, 0 failures\n');
  });

  test('counts what was left out to fit', () => {
    const failures = [
      { stage: 'assume-role' as const, code: 'AccessDenied', message: 'no', account: '333333333333' },
    ];
    const text = planText(aPlan({ days: [aDay({ omitted: 4 })], failures, omittedFailures: 2 }), plain);
    expect(text).toContain(
      'Mon 2026-11-23: 4 more strikes, too many to list: ./chaos plan --date 2026-11-23\n',
    );
    expect(text).toMatch(/Failed: 3\n {2}assume-role AccessDenied \(1\)\n {4}333333333333 {2}no\n/);
    expect(text).toContain('\n5 strikes of 1 group on 1 day, 3 failures\n');
  });
});
