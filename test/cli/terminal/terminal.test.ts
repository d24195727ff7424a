import { describe, expect, test } from 'vitest';
import { progressOn, widthOf } from '#cli/terminal/terminal.ts';

function aStream(screen: { readonly isTTY?: boolean; readonly columns?: number }) {
  const written: string[] = [];
  return { ...screen, written, write: (text: string) => written.push(text) };
}

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

describe('progressOn', () => {
  test('writes one line over on a screen, cut to its width, and takes it away', () => {
    const stream = aStream({ isTTY: true, columns: 20 });
    const progress = progressOn(stream);
    progress.clear();
    progress.show('1 of 2 account-regions surveyed');
    progress.clear();
    progress.clear();
    expect(stream.written).toEqual(['\r\u001b[2K1 of 2 account-regi', '\r\u001b[2K']);
  });

  test('writes lines elsewhere, seldom, and only if they say something new', () => {
    const stream = aStream({});
    const progress = progressOn(stream);
    for (const text of ['half', 'half', 'all', 'half']) progress.show(text);
    progress.clear();
    expect(stream.written).toEqual(['half\n', 'all\n', 'half\n']);
    expect(progress.everyMs).toBe(10_000);
  });
});
