import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chaosSid,
  denyStatement,
  findChaosSid,
  findStatement,
  readPolicy,
  withoutStatement,
  withStatement,
} from '#faults/shared/deny-statement.ts';
import { testSeed } from '../../support/test-seed.ts';

const seed = testSeed();
const strike = {
  id: '0123456789abcdef',
  deadline: '2026-11-23T09:05:00.000Z',
  notAfter: '2026-11-23T09:01:00.000Z',
};
const spec = { actions: ['sqs:SendMessage'], resource: 'arn:aws:sqs:eu-west-1:222222222222:orders' };

const asJson = (value: object): object => JSON.parse(JSON.stringify(value));

const aStatement = fc
  .record(
    {
      Sid: fc.oneof(fc.stringMatching(/^[A-Za-z0-9]{1,20}$/), fc.constant('Chaosfedcba9876543210')),
      Effect: fc.constantFrom('Allow', 'Deny'),
      Principal: fc.oneof(
        fc.constant('*'),
        fc.record({ AWS: fc.string() }),
        fc.record({ Service: fc.string() }),
      ),
      Action: fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 })),
      Resource: fc.string(),
      Condition: fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.string())),
    },
    { requiredKeys: ['Effect'] },
  )
  .map(asJson);
const aPolicy = fc
  .record(
    {
      Version: fc.constantFrom('2008-10-17', '2012-10-17'),
      Id: fc.string(),
      Statement: fc.oneof(aStatement, fc.array(aStatement, { maxLength: 5 })),
    },
    { requiredKeys: ['Statement'] },
  )
  .map(asJson);

describe('a policy with a strike’s statement', () => {
  test('has one statement more: a Deny of the given actions that ends, and spares services', () => {
    fc.assert(
      fc.property(aPolicy, fc.option(fc.string(), { nil: undefined }), (policy, principal) => {
        const before = readPolicy(JSON.stringify(policy));
        const after = readPolicy(withStatement(before, denyStatement(strike, { ...spec, principal })));
        expect(after.statements.slice(0, -1)).toStrictEqual(before.statements);
        const { Statement: _before, ...rest } = before.document;
        const { Statement: _after, ...same } = after.document;
        expect(same).toStrictEqual(rest);
        expect(after.statements.at(-1)).toStrictEqual({
          Sid: 'Chaos0123456789abcdef',
          Effect: 'Deny',
          Principal: '*',
          Action: ['sqs:SendMessage'],
          Resource: spec.resource,
          Condition: {
            DateLessThan: { 'aws:CurrentTime': '2026-11-23T09:05:00.000Z' },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            ...(principal !== undefined && { ArnEquals: { 'aws:PrincipalArn': principal } }),
          },
        });
      }),
      { seed },
    );
  });

  test('is the same as before once the statement is gone, deep-equal, and whatever else was added stays', () => {
    fc.assert(
      fc.property(aPolicy, fc.option(aStatement, { nil: undefined }), (policy, foreign) => {
        const before = readPolicy(JSON.stringify(policy));
        const struck = readPolicy(withStatement(before, denyStatement(strike, spec)));
        const changed = foreign
          ? readPolicy(JSON.stringify({ ...struck.document, Statement: [...struck.statements, foreign] }))
          : struck;
        const after = withoutStatement(changed, chaosSid(strike.id), { wasSingle: before.isSingle });
        if (foreign === undefined && before.statements.length > 0) {
          expect(JSON.parse(after ?? '')).toStrictEqual(before.document);
        } else {
          const expected = [...before.statements, ...(foreign ? [foreign] : [])];
          expect(readPolicy(after).statements).toStrictEqual(expected);
        }
      }),
      { seed },
    );
  });
});

test('a policy that was not there is one of that statement alone, and then none', () => {
  const struck = withStatement(readPolicy(undefined), denyStatement(strike, spec));
  expect(JSON.parse(struck)).toMatchObject({ Version: '2012-10-17', Statement: [{ Effect: 'Deny' }] });
  expect(withoutStatement(readPolicy(struck), chaosSid(strike.id), { wasSingle: false })).toBeUndefined();
});

test('a strike’s statement is found by its Sid, and that of any strike by its form', () => {
  const statement = denyStatement(strike, spec);
  const policy = readPolicy(withStatement(readPolicy(''), statement));
  expect(findStatement(policy, chaosSid(strike.id))).toStrictEqual(statement);
  expect(findStatement(policy, chaosSid('fedcba9876543210'))).toBeUndefined();
  expect(findChaosSid(policy)).toBe('Chaos0123456789abcdef');
  const others = ['ChaosMonkey', 'Chaos0123', 'xChaos0123456789abcdef'].map((Sid) => ({ Sid }));
  expect(findChaosSid(readPolicy(JSON.stringify({ Statement: others })))).toBeUndefined();
});

test.each(['{', '[]', '{"Statement":[1]}', '"text"'])('what is no policy is refused: %s', (text) => {
  expect(() => readPolicy(text)).toThrow();
});
