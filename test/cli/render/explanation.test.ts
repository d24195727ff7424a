import { describe, expect, test } from 'vitest';
import { explanationText } from '#cli/render/explanation.ts';
import { aRecovery } from '../../support/a-claim.ts';
import { aTarget } from '../../support/a-target.ts';
import { aGuardVerdict, anExplanation } from '../../support/an-explanation.ts';

const plain = (_styles: unknown, text: string) => text;

describe('explanationText', () => {
  test('shows gates, draws, guards, instances, budgets and strikes, then the verdict', () => {
    const strikes = [
      {
        ...{
          at: '2026-11-20T10:00:05.123Z',
          runId: '20261120T100000Z-00000001',
          target: aTarget({ id: 'i-z' }),
        },
        ...{ fault: 'ec2-stop', state: 'succeeded', detail: 'running -> stopping', recovery: aRecovery() },
      },
      {
        ...{
          at: '2026-11-19T10:00:05.123Z',
          runId: '20261119T100000Z-00000001',
          target: aTarget({ id: 'i-y' }),
        },
        ...{ fault: 'ec2-stop', state: 'failed', detail: '' },
      },
    ];
    expect(explanationText(anExplanation({ strikes }), plain)).toBe(
      `222222222222/eu-west-1/asg/web at Mon 2026-11-23 11:15 Europe/Berlin, day 2026-11-23

Gates
  ✓ stop                     no stop is set

Rate: 1 in each slot
  ✓ Mon 2026-11-23 11:00     drew 0.1, a strike is below 1

Guards
  ✓ cooldown                 never struck

i-a could be struck
  ✓ instance-standby         never struck

i-b could be struck
  ✓ instance-standby         never struck

Budgets
  ✓ 0 used                   1 unverified strike at a time for group web

Last strikes
  i-z  Fri 2026-11-20 11:00 Europe/Berlin  ec2-stop: succeeded, running -> stopping; recovered in 1 min 35 s: 3 of 3 desired are healthy
    run 20261120T100000Z-00000001
  i-y  Thu 2026-11-19 11:00 Europe/Berlin  ec2-stop: failed
    run 20261119T100000Z-00000001

Could be struck now: 2 targets to choose from`,
    );
  });

  test('marks what refuses, and names the first of the reasons', () => {
    const text = explanationText(
      anExplanation({
        guards: [
          aGuardVerdict({ passes: false, saw: 'struck 5 minutes ago' }),
          aGuardVerdict({ code: 'sole-in-zone', targetId: 'i-a', passes: false, saw: '0 others' }),
        ],
        failures: ['inspect: AWS was\u001b[2J away'],
      }),
      plain,
    );
    expect(text).toContain('\n  ✗ cooldown                 struck 5 minutes ago\n');
    expect(text).toContain('\n\ni-a is spared\n  ✗ sole-in-zone             0 others\n');
    expect(text).toContain('\n\nCould not be inspected\n  inspect: AWS was [2J away\n');
    expect(text).toMatch(/\n\nSpared now: cooldown: struck 5 minutes ago \(and 1 more reason\)$/);
  });

  test('says that nothing is touched when the configuration is leashed', () => {
    const text = explanationText(anExplanation({ leashed: true }), plain);
    expect(text).toContain(', day 2026-11-23\nLeashed by configuration: nothing is touched.\n\nGates\n');
    expect(text).toMatch(/\n\nCould be struck now if it were not leashed: 2 targets to choose from$/);
  });

  test('names what could not be inspected elsewhere', () => {
    const text = explanationText(anExplanation({ elsewhere: ['survey 333333333333: no'] }), plain);
    expect(text).toContain(
      '\n\nElsewhere, where another group of that name may exist\n  survey 333333333333: no\n\n',
    );
    expect(text).not.toContain('Could not be inspected');
  });

  test('says how to skip the draw, when nothing else is in the way', () => {
    const draws = [{ slot: undefined, strikes: false, text: 'drew 0.9, a strike is below 0.2' }];
    const text = explanationText(anExplanation({ group: "1/tag/ann's", draws }), plain);
    expect(text).toContain('  ✗ no slot today            drew 0.9');
    expect(text).toMatch(
      /\nSpared now: not drawn: drew 0\.9, a strike is below 0\.2\nTo skip the draw: \.\/chaos run --group '1\/tag\/ann'\\''s' --force$/,
    );
  });
});
