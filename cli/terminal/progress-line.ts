import { stripVTControlCharacters } from 'node:util';
import { printable } from '../render/printable.ts';
import { type Screen, widthOf } from './screen.ts';

/** What is going on, on stderr: rewritten in place on a screen; elsewhere, a new line now and then. */
export interface ProgressLine {
  /** How often to show it at most. */
  readonly everyMs: number;
  /** Columns of the screen on which it is rewritten, where it may have several lines. Undefined elsewhere. */
  readonly width: number | undefined;
  show(text: string): void;
  clear(): void;
}

export function progressOn(stream: Screen & { write(text: string): unknown }): ProgressLine {
  if (widthOf(stream) === undefined || process.env.TERM === 'dumb') return linesOn(stream);
  let shown: readonly number[] = [];
  const erase = () => {
    const width = widthOf(stream) ?? Number.POSITIVE_INFINITY;
    // What was shown on a wider screen takes more rows on this one.
    const rows = shown.reduce((sum, columns) => sum + Math.max(1, Math.ceil(columns / width)), 0);
    return eraseLine + eraseLineAbove.repeat(Math.max(0, rows - 1));
  };
  return {
    everyMs: 500,
    get width() {
      return widthOf(stream);
    },
    show: (text) => {
      const lines = fitted(printable(text).split('\n'), stream);
      stream.write(`${erase()}${lines.join('\n')}`);
      shown = lines.map((line) => line.length);
    },
    clear: () => {
      if (shown.length > 0) stream.write(erase());
      shown = [];
    },
  };
}

const eraseLine = '\r\u001b[2K';
const eraseLineAbove = '\u001b[1A\u001b[2K';

function linesOn(stream: { write(text: string): unknown }): ProgressLine {
  let last: string | undefined;
  const show = (text: string) => {
    if (text !== last) stream.write(`${printable(text)}\n`);
    last = text;
  };
  return { everyMs: 10_000, width: undefined, show, clear: () => {} };
}

/** What scrolls off the screen cannot be rewritten. */
function fitted(lines: readonly string[], stream: Screen): readonly string[] {
  const width = widthOf(stream) ?? Number.POSITIVE_INFINITY;
  const { rows = 0 } = stream;
  const room = rows < fewestRows ? lines.length : rows - 1;
  const kept =
    lines.length <= room ? lines : [...lines.slice(0, room - 1), `and ${lines.length - room + 1} more`];
  return kept.map((line) => stripVTControlCharacters(line).slice(0, width - 1));
}

/** Some pseudo-terminals report 0. */
const fewestRows = 3;
