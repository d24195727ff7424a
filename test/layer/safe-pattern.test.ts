import { describe, expect, test } from 'vitest';
import { isSafePattern } from '#layer/safe-pattern.ts';

describe('a pattern is safe', () => {
  test.each([
    'dynamodb',
    '^s3\\.',
    '^.*\\.dynamodb\\..*\\.amazonaws\\.com$',
    '^(dynamodb|s3|sqs)\\.eu-west-1\\.amazonaws\\.com$',
    '^/api/v\\d+/users/[^/]+$',
    'a{3}b{2,5}',
    '(?:ab)+c?',
    '(?<host>abc)',
    '[(+*]+\\(\\+',
    'x*?y',
    '(ab){3}',
  ])('if it is cheap: %s', (pattern) => {
    expect(isSafePattern(pattern)).toBe(true);
  });

  test.each([
    '(a+)+$',
    '(a*)*',
    '(a|a)*b',
    '(a?){40}a{40}',
    '((ab)+c)*',
    '(a{1,9})+',
    '(?:(?:a+)b)+',
    '.*.*.*=',
    'a?'.repeat(30) + 'a'.repeat(30),
    '(a|a)'.repeat(30),
    '(?=a+)b',
    '(?!a)b',
    '(?<=a)b',
    '(?<!a)b',
    '(a)\\1',
    '\\k',
    '(',
    '[',
    'a**',
    'a'.repeat(513),
  ])('and not if it backtracks, or is none: %s', (pattern) => {
    expect(isSafePattern(pattern)).toBe(false);
  });
});
