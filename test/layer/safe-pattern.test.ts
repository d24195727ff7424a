import { describe, expect, test } from 'vitest';
import { areSafePatterns, isSafePattern } from '#layer/safe-pattern.ts';

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
    '(^|\\.)(dynamodb|ddb)\\.',
    '.*b',
    `${'a?'.repeat(9)}c`,
    `^${'a?'.repeat(16)}c`,
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
    `${'a?'.repeat(18)}c`,
    `${'a?'.repeat(10)}c`,
    `^${'a?'.repeat(18)}c`,
    'a.*b.*c',
    '^a|a.*b.*c',
    'a|^b.*c.*d.*e',
    '(^a.*b.*c)',
    'a)',
    'a'.repeat(513),
  ])('and not if it backtracks, or is none: %s', (pattern) => {
    expect(isSafePattern(pattern)).toBe(false);
  });
});

describe('patterns are safe together', () => {
  const several = (pattern: string, count: number) => Array.from({ length: count }, () => pattern);

  test.each([
    [[]],
    [['(^|\\.)dynamodb\\.', '(^|\\.)s3(express)?[.-]']],
    [several('^api\\.example\\.com$', 100)],
    [several('a.*b', 2)],
  ])('if all of them take few steps: %j', (patterns) => {
    expect(areSafePatterns(patterns)).toBe(true);
  });

  test.each([[several('a.*b', 3)], [several('^a.*b.*c', 3)], [several('a?a?c', 300)], [['a', '(a*)*']]])(
    'and not otherwise: %j',
    (patterns) => {
      expect(areSafePatterns(patterns)).toBe(false);
    },
  );
});
