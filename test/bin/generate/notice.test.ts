import { describe, expect, test } from 'vitest';
import { noticeText } from '#bin/generate/notice.ts';

describe('NOTICE', () => {
  test('lists each package once, by license', () => {
    const listed = [
      ['zod', 'MIT'],
      ['@aws-sdk/core', 'Apache-2.0'],
      ['p-map', 'MIT'],
      ['zod', 'MIT'],
    ].map(([name = '', license = '']) => ({ name, license, version: '1.0.0', texts: [] }));
    expect(noticeText(listed)).toMatch(/\n\nApache-2\.0\n {2}@aws-sdk\/core\n\nMIT\n {2}p-map\n {2}zod\n$/);
  });
});
