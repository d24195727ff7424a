import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCondition } from '#sandbox/dynamodb/condition.ts';
import { ExpressionReader } from '#sandbox/dynamodb/expression-reader.ts';
import { holds } from '#sandbox/dynamodb/holds.ts';
import { Placeholders } from '#sandbox/dynamodb/placeholders.ts';

/** A condition over the attributes t, which is there, and f, which is not: its text without and with all parentheses. */
interface Sentence {
  readonly text: string;
  readonly binds: number;
  readonly truth: boolean;
}

const wrapped = ({ text, binds }: Sentence, atLeast: number) => (binds >= atLeast ? text : `(${text})`);

const { sentence } = fc.letrec<{ sentence: Sentence }>((tie) => ({
  sentence: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.boolean().map((truth) => ({ text: `attribute_exists(${truth ? 't' : 'f'})`, binds: 3, truth })),
    fc.tuple(tie('sentence'), tie('sentence')).map(([a, b]) => ({
      text: `${wrapped(a, 0)} or ${wrapped(b, 1)}`,
      binds: 0,
      truth: a.truth || b.truth,
    })),
    fc.tuple(tie('sentence'), tie('sentence')).map(([a, b]) => ({
      text: `${wrapped(a, 1)} AND ${wrapped(b, 2)}`,
      binds: 1,
      truth: a.truth && b.truth,
    })),
    tie('sentence').map((a) => ({ text: `NOT ${wrapped(a, 2)}`, binds: 2, truth: !a.truth })),
  ),
}));

function evaluated(text: string): boolean {
  const reader = new ExpressionReader(text, 'ConditionExpression', new Placeholders({}));
  return holds(readCondition(reader), { t: { S: 'here' } });
}

describe('conditions', () => {
  test('bind NOT before AND before OR, with no more parentheses than needed', () => {
    fc.assert(
      fc.property(sentence, ({ text, truth }) => evaluated(text) === truth),
      { numRuns: 500 },
    );
  });

  test('do not care for parentheses too many, nor for spaces', () => {
    expect(evaluated(' ( (attribute_exists( t ))AND(NOT(attribute_exists(f))))')).toBe(true);
  });

  test('name the place where they cannot be read', () => {
    const cases = {
      'attribute_exists(t) AND': 'Syntax error; token: "<EOF>"',
      'attribute_exists(t) t': 'Syntax error; token: "t"',
      't ! f': 'Syntax error; token: "!"',
      'exists(t)': 'Invalid function name; function: exists',
      'status = t': 'Attribute name is a reserved keyword; reserved keyword: status',
      't = :v': 'An expression attribute value used in expression is not defined; attribute value: :v',
    };
    for (const [text, message] of Object.entries(cases)) {
      expect(() => evaluated(text)).toThrow(`Invalid ConditionExpression: ${message}`);
    }
  });
});
