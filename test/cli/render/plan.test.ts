import { describe, expect, test } from 'vitest';
import { planText } from '#cli/render/plan.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';

const plain = (_styles: unknown, text: string) => text;

describe('planText', () => {
  test('tells a day, its strikes by local time, and the sums', () => {
    const strikes = [
      aPlanned(),
      aPlanned({
        ...{ group: '222222222222/eu-west-1/asg/long-name', due: undefined, instanceId: undefined },
        dependsOn: ['only if it is not struck on 2026-11-20'],
      }),
    ];
    expect(planText(aPlan({ days: [aDay({ strikes })] }), plain)).toBe(
      ` LIVE  Chaos monkey: 2 strikes are drawn for Mon 2026-11-23
Guards, gates, budgets and a stop can still spare any of them.

Mon 2026-11-23, Europe/Berlin: 2 strikes
  14:00  222222222222/eu-west-1/asg/web        ec2-terminate on i-0a1b2c3d4e5f60718, drawn for 13:31
  14:00  222222222222/eu-west-1/asg/long-name  ec2-terminate on an instance: none is eligible now
         only if it is not struck on 2026-11-20

2 strikes on 1 day, 1 not certain even by the draws, 0 failures
From the groups seen at 2026-11-23T08:00:03Z`,
    );
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
    expect(text).toContain('Fri 2026-11-27, Europe/Berlin: nothing is drawn\n');
    expect(text).toContain('Sat 2026-11-28, Europe/Berlin: nothing, Saturday\n');
    expect(text).toContain('\n0 strikes on 2 days, 1 of them off, 0 failures\n');
  });

  test('counts what was left out to fit', () => {
    const failures = [
      { stage: 'assume-role' as const, code: 'AccessDenied', message: 'no', account: '333333333333' },
    ];
    const text = planText(aPlan({ days: [aDay({ omitted: 4 })], failures, omittedFailures: 2 }), plain);
    expect(text).toContain(': 5 strikes\n');
    expect(text).toContain('  and 4 more');
    expect(text).toMatch(/Failed: 3\n {2}assume-role AccessDenied \(1\)\n {4}333333333333 {2}no\n/);
    expect(text).toContain('\n5 strikes on 1 day, 3 failures\n');
  });
});
