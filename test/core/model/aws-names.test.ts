import { describe, expect, test } from 'vitest';
import { calendarArn, partitionOf, Region, roleArn } from '#core/model/aws-names.ts';

describe('Region and partitionOf', () => {
  test.each([
    ['eu-west-1', 'aws'],
    ['ap-southeast-2', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('%s is a region of %s', (region, partition) => {
    expect(Region.safeParse(region).success).toBe(true);
    expect(partitionOf(region)).toBe(partition);
  });

  test.each(['eu-west', 'eu-west-1a', 'EU-WEST-1', '*', 'eu-west-*', ''])('"%s" is none', (text) => {
    expect(Region.safeParse(text).success).toBe(false);
  });
});

describe('roleArn', () => {
  test('names a role by partition, account and name', () => {
    expect(roleArn('aws-cn', '222222222222', 'chaos')).toBe('arn:aws-cn:iam::222222222222:role/chaos');
  });
});

describe('calendarArn', () => {
  test.each([
    ['freeze', 'arn:aws-cn:ssm:cn-north-1:222222222222:document/freeze'],
    [
      'arn:aws:ssm:eu-west-1:111111111111:document/freeze',
      'arn:aws:ssm:eu-west-1:111111111111:document/freeze',
    ],
  ])('of %s is %s', (nameOrArn, arn) => {
    expect(calendarArn('aws-cn', 'cn-north-1', '222222222222', nameOrArn)).toBe(arn);
  });
});
