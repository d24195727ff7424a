import { describe, expect, test } from 'vitest';
import { isQuickPattern } from '#probes/shared/quick-pattern.ts';

/** What people write to tell a good page from a bad one. */
const common = [
  'order \\d+',
  'Wel+come',
  '<title>.*</title>',
  '"status"\\s*:\\s*"ok"',
  '^\\s*\\{.*"items"\\s*:',
  '"id":\\s*"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"',
  '(?:healthy|UP|ok)',
  'items.*(shoes|hats).*',
  'https?://[^"]+\\.jpe?g',
  '\\d{1,3}(,\\d{3})?',
];

/** Each takes more than a life on a text that it nearly matches. */
const catastrophic = [
  '(a+)+$',
  '^(a+)+$',
  '(a*)*b',
  '(a|aa)+$',
  '(a|a)*b',
  '(.*a){20}',
  '([a-zA-Z]+)*$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(\\w+\\s?)*$',
  '(?=(a+)+$)a',
  '(a+)\\1+$',
  '(?<x>a+)\\k<x>$',
  `${'a?'.repeat(30)}${'a'.repeat(30)}`,
  '.*.*.*.*x',
];

describe('a quick pattern', () => {
  test.each(common)('%s', (pattern) => {
    expect(isQuickPattern(pattern)).toBe(true);
  });

  test.each(catastrophic)('is not %s', (pattern) => {
    expect(isQuickPattern(pattern)).toBe(false);
  });
});
