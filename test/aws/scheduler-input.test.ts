import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schedulerInput, schedulerName } from '#aws/scheduler-input.ts';

describe('schedulerName', () => {
  // The first four are in schedules that are in use; the others are names in the AWS SDK for Java.
  test.each([
    ['UUID', 'Uuid'],
    ['DBInstanceIdentifier', 'DbInstanceIdentifier'],
    ['DBClusterIdentifier', 'DbClusterIdentifier'],
    ['taskDefinition', 'TaskDefinition'],
    ['ID', 'Id'],
    ['CORSConfiguration', 'CorsConfiguration'],
    ['CORSRules', 'CorsRules'],
    ['KMSKeyArn', 'KmsKeyArn'],
    ['SSESpecification', 'SseSpecification'],
    ['ContentMD5', 'ContentMd5'],
    ['FunctionArn', 'FunctionArn'],
    ['MaxReadRequestUnits', 'MaxReadRequestUnits'],
    ['GlobalSecondaryIndexUpdates', 'GlobalSecondaryIndexUpdates'],
    ['AllowOrigins', 'AllowOrigins'],
  ])('%s is called %s', (member, name) => {
    expect(schedulerName(member)).toBe(name);
    expect(schedulerName(name)).toBe(name);
  });
});

test('names members at any depth, and leaves values alone', () => {
  expect(
    schedulerInput({
      Bucket: 'UUID',
      CORSConfiguration: { CORSRules: [{ ID: 'ID', MaxAgeSeconds: 1 }] },
      X: null,
    }),
  ).toStrictEqual({
    Bucket: 'UUID',
    CorsConfiguration: { CorsRules: [{ Id: 'ID', MaxAgeSeconds: 1 }] },
    X: null,
  });
  const values = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)));
  fc.assert(
    fc.property(values, (some) => {
      expect(schedulerInput({ Some: some })).toStrictEqual({ Some: some });
    }),
  );
});
