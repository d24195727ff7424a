import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incrementCounter } from '#aws/ledger/budgets.ts';
import { putPointer, putStrike } from '#aws/ledger/strike-items.ts';
import { evaluate } from '#core/decide/evaluate.ts';
import { findKeyTooLong } from '#core/ledger/find-key-too-long.ts';
import { groupKey } from '#core/model/group.ts';
import { aStrikeEntry } from '../../support/a-claim.ts';
import { aDecisionContext } from '../../support/a-decision-context.ts';
import { aGroup } from '../../support/a-group.ts';

const place = { account: '222222222222', region: 'ap-southeast-2' };
const keyOf = (name: string) => groupKey({ ...place, kind: 'tag', name });
const monkeys = (count: number) => '\u{1F412}'.repeat(count);
const bytes = (text: string | undefined) => Buffer.byteLength(text ?? '');

/** The longest keys of each kind that a strike is put on record under. */
function keysOf(group: string, app: string) {
  const strike = aStrikeEntry({ slot: 'adhoc/429df978-22fd-43be-95ad-8b3de87d5f0b', group, app });
  const items = [putPointer(strike).Put?.Item, putStrike(strike, 0).Put?.Item];
  const budgets = [
    { scope: 'app', of: app },
    { scope: 'group', of: group },
  ] as const;
  items.push(
    ...budgets.map((budget) => incrementCounter({ ...budget, over: 'unverified', max: 1 }, 0).Update?.Key),
  );
  return {
    pk: Math.max(...items.map((item) => bytes(item?.pk?.S))),
    sk: Math.max(...items.map((item) => bytes(item?.sk?.S))),
  };
}

describe('findKeyTooLong', () => {
  test('takes the longest name in Latin letters, and in any script of three bytes', () => {
    expect(findKeyTooLong(keyOf('x'.repeat(256)), 'x'.repeat(256))).toBeUndefined();
    expect(findKeyTooLong(keyOf('有'.repeat(256)), '有'.repeat(256))).toBeUndefined();
  });

  test('refuses a name whose key DynamoDB cannot have', () => {
    expect(findKeyTooLong(keyOf(monkeys(256)), undefined)).toMatch(
      /^its name makes a ledger key of 1\d{3} bytes/,
    );
  });

  test('refuses an app whose budget DynamoDB cannot have', () => {
    expect(findKeyTooLong(keyOf('web'), 'x'.repeat(2_038))).toMatch(/^the name of its app .* 2049 bytes/);
    expect(findKeyTooLong(keyOf('web'), 'x'.repeat(2_037))).toBeUndefined();
  });

  test('of what is let through every key fits, whatever it is called', () => {
    const name = fc.string({
      unit: fc.constantFrom('x', 'é', '有', '\u{1F412}'),
      minLength: 1,
      maxLength: 256,
      size: 'max',
    });
    fc.assert(
      fc.property(name, name, (group, app) => {
        const { pk, sk } = keysOf(keyOf(group), app);
        const fits = pk <= 2_048 && sk <= 1_024;
        if (findKeyTooLong(keyOf(group), app) === undefined) expect(fits).toBe(true);
        // Not by more than what is kept free for the id of a slot.
        else expect(sk).toBeGreaterThan(1_024 - 32);
      }),
    );
  });

  test('spares the group in every slot, drawn or not, and by force as well', () => {
    const group = aGroup({ kind: 'tag', name: monkeys(256) });
    for (const force of [false, true]) {
      expect(evaluate(group, {}, aDecisionContext({ force })).decision).toMatchObject({
        verdict: 'spare',
        reason: { code: 'key-too-long' },
      });
    }
  });
});
