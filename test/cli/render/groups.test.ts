import { describe, expect, test } from 'vitest';
import { groupsText } from '#cli/render/groups.ts';
import { aGroupList, aListedGroup } from '../../support/a-group-list.ts';
import { aFailure } from '../../support/a-report.ts';

const plain = (_styles: unknown, text: string) => text;
const optIn = { key: 'chaos:opt-in', value: 'true' };
const text = (list: Parameters<typeof aGroupList>[0] = {}) => groupsText(aGroupList(list), optIn, plain);
const held = { reason: 'flaky\nuntil fixed', by: 'ann', at: '2026-11-20T09:00:00.000Z' };

describe('groupsText', () => {
  test("tells each group in a few lines, in the schedule's zone", () => {
    const groups = [
      aListedGroup({ tags: { 'chaos:opt-in': 'true', 'chaos:app': 'shop', 'chaos:min-healthy': '50%' } }),
      aListedGroup({
        group: '222222222222/eu-west-1/asg/weighted',
        ...{ instances: 3, healthy: 4, desired: 6 },
        rate: { mode: 'mean-days', meanDays: 5, minDays: 2, perDay: 0.2 },
        record: {
          last: { slot: '2026-11-20T09:00:00Z', at: '2026-11-20T09:00:04.123Z' },
          veto: { ...held, until: '2026-11-24T08:00:00.000Z' },
          leash: held,
        },
      }),
    ];
    expect(text({ groups })).toBe(
      `2 opted-in groups, 1 of them exempt, as of Mon 2026-11-23 09:00 Europe/Berlin

222222222222/eu-west-1/asg/web
  3 of 3 healthy; no strike yet
  0.17 in each slot, 1.2 a work day
  chaos:app=shop, chaos:min-healthy=50%
222222222222/eu-west-1/asg/weighted
  4 of 6 healthy, 3 targets; last strike Fri 2026-11-20 10:00
  every 5 work days on average, at least 2 apart
  LEASHED since Fri 2026-11-20 10:00 by ann: flaky until fixed
  VETOED until Tue 2026-11-24 09:00 by ann: flaky until fixed`,
    );
  });

  test.each([
    [{ mode: 'none', why: 'chaos:probability="often"' }, 'spared: chaos:probability="often"'],
    [{ mode: 'probability', probability: 0, perDay: 0 }, 'never struck: its probability is 0'],
    [{ mode: 'probability', probability: 1 / 350, perDay: 0.02 }, '0.0029 in each slot, 0.02 a work day'],
  ] as const)('says of the rate %j what it comes to', (rate, expected) => {
    expect(text({ groups: [aListedGroup({ rate })] })).toContain(`\n  ${expected}`);
  });

  test('shows an invalid time unchanged, and escapes control characters', () => {
    const veto = { ...held, until: 'forever\u001b[31m' };
    const groups = [aListedGroup({ record: { last: null, leash: null, veto } })];
    expect(text({ groups })).toContain('VETOED until forever [31m by ann');
  });

  test('says what is not in the list', () => {
    const shown = text({ seen: 12_001, failures: [aFailure()], omittedFailures: 2, leashed: true });
    expect(shown).toMatch(/^12,001 opted-in groups, .*\n.*leashed: true/);
    expect(shown).toContain(
      '\nand 12,000 more groups: to list one account: ./chaos groups --only-account ID\n',
    );
    expect(shown).toMatch(/\nFailures: 3\n/);
  });

  test('says so when a record could not be read', () => {
    const groups = [aListedGroup({ record: null })];
    expect(text({ groups })).toContain('healthy; its record in the ledger could not be read');
  });

  test('says how to opt in when nothing has', () => {
    expect(text({ groups: [] })).toMatch(
      /^0 opted-in groups, .*\n\n.*chaos:opt-in=true.*\n {2}aws autoscaling /,
    );
  });
});
