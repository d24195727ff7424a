import { describe, expect, test } from 'vitest';
import { widthOf } from '#cli/terminal/screen.ts';

describe('widthOf', () => {
  test.each([
    [{ isTTY: true, columns: 80 }, 80],
    [{ isTTY: true, columns: 0 }, undefined],
    [{ isTTY: true }, undefined],
    // COLUMNS may be set for a pipe as well.
    [{ columns: 80 }, undefined],
  ])('of %j is %s', (screen, width) => {
    expect(widthOf(screen)).toBe(width);
  });
});
