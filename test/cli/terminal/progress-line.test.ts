import { describe, expect, test } from 'vitest';
import { progressOn } from '#cli/terminal/progress-line.ts';

function aStream(screen: { readonly isTTY?: boolean; columns?: number; readonly rows?: number }) {
  const written: string[] = [];
  return Object.assign(screen, { written, write: (text: string) => written.push(text) });
}

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

  const up = '\u001b[1A\u001b[2K';

  test('writes a block of lines over, also where the screen has become narrower meanwhile', () => {
    const stream = aStream({ isTTY: true, columns: 40, rows: 24 });
    const progress = progressOn(stream);
    progress.show(`one\n${'2'.repeat(39)}\nthree`);
    progress.show('one\ntwo');
    progress.show(`one\n${'2'.repeat(39)}`);
    stream.columns = 20;
    progress.clear();
    expect(progress.width).toBe(20);
    expect(stream.written).toEqual([
      `\r\u001b[2Kone\n${'2'.repeat(39)}\nthree`,
      `\r\u001b[2K${up}${up}one\ntwo`,
      `\r\u001b[2K${up}one\n${'2'.repeat(39)}`,
      `\r\u001b[2K${up}${up}`,
    ]);
  });

  test('shows no more lines than the screen has', () => {
    const stream = aStream({ isTTY: true, columns: 40, rows: 5 });
    progressOn(stream).show('1\n2\n3\n4\n5\n6');
    expect(stream.written).toEqual(['\r\u001b[2K1\n2\n3\nand 3 more']);
  });

  test('writes lines elsewhere, seldom, and only if they say something new', () => {
    const stream = aStream({});
    const progress = progressOn(stream);
    for (const text of ['half', 'half', 'all', 'half']) progress.show(text);
    progress.clear();
    expect(stream.written).toEqual(['half\n', 'all\n', 'half\n']);
    expect(progress).toMatchObject({ everyMs: 10_000, width: undefined });
  });
});
