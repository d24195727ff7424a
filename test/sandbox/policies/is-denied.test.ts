import fc from 'fast-check';
import { expect, test } from 'vitest';
import { denyStatement } from '#faults/shared/deny-statement.ts';
import { isDenied } from '#sandbox/policies/is-denied.ts';
import { isDeniedExplicitly } from '../../support/iam-evaluator.ts';

const deadline = Date.parse('2026-11-23T09:05:00Z');
const strike = {
  id: '0'.repeat(16),
  deadline: new Date(deadline).toISOString(),
  notAfter: new Date(deadline).toISOString(),
};

const statement = fc
  .record({
    actions: fc.subarray(['s3:GetObject', 's3:PutObject', 's3:Get*', 's3:*', 'S3:GETOBJECT'], {
      minLength: 1,
    }),
    resource: fc.constantFrom('arn:aws:s3:::shop/*', 'arn:aws:s3:::shop/a.html', 'arn:aws:s3:::other/*'),
  })
  .map((parts) => denyStatement(strike, parts));

test('denies what IAM denies', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(statement, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('s3:GetObject', 's3:DeleteObject'),
      fc.constantFrom('arn:aws:s3:::shop/a.html', 'arn:aws:s3:::shop/b.html'),
      fc.constantFrom(deadline - 1_000, deadline, deadline + 1_000),
      async (statements, action, resource, at) => {
        const Statement = statements.map((one, index) => ({ ...one, Sid: `Chaos${index}` }));
        const policy = { Version: '2012-10-17', Statement };
        const asIam = await isDeniedExplicitly({
          ...{ role: 'arn:aws:iam::222222222222:role/visitor', action, resource, at },
          ...{ region: 'eu-west-1', identityPolicies: [], resourcePolicy: policy },
        });
        expect(isDenied(JSON.stringify(policy), { action, resource, at })).toBe(asIam);
      },
    ),
    { numRuns: 60, seed: 20261126 },
  );
});

test('refuses to guess what a statement means that it does not know', () => {
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::shop/a.html', at: deadline };
  const denied = (more: object) => () =>
    isDenied(
      JSON.stringify({
        Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', ...more },
      }),
      request,
    );
  expect(denied({})()).toBe(true);
  expect(denied({ Effect: 'Allow', Principal: { AWS: 'x' } })()).toBe(false);
  expect(denied({ Principal: { AWS: 'arn:aws:iam::222222222222:root' } })).toThrow('does not implement');
  expect(denied({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })).toThrow(
    'does not implement',
  );
});
