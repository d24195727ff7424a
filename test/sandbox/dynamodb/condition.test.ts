import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCondition } from '#sandbox/dynamodb/condition.ts';
import { ExpressionReader } from '#sandbox/dynamodb/expression-reader.ts';
import { Placeholders } from '#sandbox/dynamodb/placeholders.ts';
import { readUpdate } from '#sandbox/dynamodb/update.ts';

function readerOf(text: string, values: Record<string, AttributeValue> = {}): ExpressionReader {
  const ExpressionAttributeNames = { '#t': 't', '#f': 'f' };
  const placeholders = new Placeholders({ ExpressionAttributeNames, ExpressionAttributeValues: values });
  return new ExpressionReader(text, 'ConditionExpression', placeholders);
}

/** Of an item that has the attribute t, and not f. */
function evaluated(text: string): boolean {
  return readCondition(readerOf(text))({ t: { S: 'here' } });
}

describe('conditions', () => {
  test('bind NOT before AND before OR', () => {
    const term = fc.tuple(fc.boolean(), fc.nat({ max: 2 })).map(([isThere, nots]) => ({
      text: `${'NOT '.repeat(nots)}attribute_exists(${isThere ? '#t' : '#f'})`,
      truth: nots % 2 === 0 ? isThere : !isThere,
    }));
    const sentence = fc.array(fc.array(term, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sentence, (alternatives) => {
        const text = alternatives.map((terms) => terms.map((one) => one.text).join(' AND ')).join(' or ');
        return evaluated(text) === alternatives.some((terms) => terms.every(({ truth }) => truth));
      }),
    );
  });

  test('do not depend on spaces', () => {
    expect(evaluated(' NOT  attribute_exists( #f )AND attribute_exists(#t)')).toBe(true);
  });
});

describe('unsupported expressions are refused by name', () => {
  const values = { ':v': { S: 'x' }, ':w': { S: 'y' } };

  test.each([
    ['#t <> :v', '"<>"'],
    ['#t <= :v', '"<="'],
    ['#t > :v', '">"'],
    ['#t BETWEEN :v AND :w', '"BETWEEN"'],
    ['#t = #f', '"#f"'],
    [':v = #t', '":v"'],
    ['(attribute_exists(#t))', '"("'],
    ['contains(#t, :v)', '"contains"'],
    ['size(#t) >= :v', '"size"'],
    ['#t.#f = :v', '"."'],
    ['#t[0] = :v', '"["'],
    ['status = :v', '"status"'],
    ['attribute_exists(#t', 'the end'],
    ['attribute_exists(#t) attribute_exists(#f)', '"attribute_exists"'],
    ['', 'the end'],
  ])('in conditions: %s', (text, named) => {
    expect(() => readCondition(readerOf(text, values))).toThrow(
      `the sandbox does not implement ${named} in this place of the ConditionExpression "${text}"`,
    );
  });

  test.each([
    ['ADD #t :v', '"ADD"'],
    ['DELETE #t :v', '"DELETE"'],
    ['SET #t = list_append(#f, :v)', '"list_append"'],
    ['SET #t.#f = :v', '"."'],
    ['SET status = :v', '"status"'],
    ['SET #t :v', '":v"'],
    ['REMOVE #t SET #f = :v', '"SET"'],
  ])('in updates: %s', (text, named) => {
    expect(() => readUpdate(readerOf(text, values))).toThrow(`does not implement ${named} in this place`);
  });
});
