import { styleText } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { printable } from '#cli/render/printable.ts';
import { openTerminal } from '#cli/terminal/terminal.ts';

const red = styleText('red', 'Failed', { validateStream: false });

describe('printable', () => {
  test.each([
    ['lines and colors of ours', `${red}: 2\n  web\n`, `${red}: 2\n  web\n`],
    ['what clears the screen', 'web\u001b[2J\u001b[H', 'web\\u001b[2J\\u001b[H'],
    ['what sets the title', '\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['what goes back to the beginning of the line', 'spared\rstruck', 'spared\\u000dstruck'],
    ['what JSON leaves as it is', '{"a":"\u009b2J\u202e\u2028"}', '{"a":"\\u009b2J\\u202e\\u2028"}'],
    ['a tab', 'a\tb', 'a\tb'],
  ])('of %s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

describe('openTerminal', () => {
  afterEach(() => vi.restoreAllMocks());

  test('prints nothing that a terminal would act on, to either stream', () => {
    const written: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    }
    const terminal = openTerminal();
    terminal.out('group \u001b[2J');
    terminal.note('error \u202e');
    expect(written).toEqual(['group \\u001b[2J\n', 'error \\u202e\n']);
  });

  test.each([
    ['stdout', 'EPIPE', 0],
    ['stdout', 'EIO', 1],
    ['stderr', 'EPIPE', 0],
    ['stderr', 'EIO', 1],
  ] as const)('%s that fails with %s fails the command %i times: a reader may leave', (name, code, times) => {
    const stream = process[name];
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const before = stream.listeners('error');
    // Other tests have opened terminals as well.
    stream.removeAllListeners('error');
    const atExit = vi.spyOn(process, 'once').mockClear().mockReturnValue(process);
    openTerminal();
    try {
      stream.emit('error', Object.assign(new Error('broken'), { code }));
      expect(atExit.mock.calls.filter(([event]) => event === 'exit')).toHaveLength(times);
    } finally {
      stream.removeAllListeners('error');
      for (const listener of before) stream.on('error', listener as () => void);
    }
  });
});
