import { styleText } from 'node:util';
import { exitCodes } from '../context/cli-error.ts';
import { printable } from '../render/printable.ts';
import { wrapText } from '../render/wrap.ts';

/** Where a command writes. */
export interface Terminal {
  /** What was asked for, and nothing else, so that it can be piped on. */
  out(text: string): void;
  /** Everything else: what is going on, hints, errors. */
  note(text: string): void;
  /** For text on `out`. */
  readonly paint: Paint;
  /** Columns of the screen that `out` writes to. Undefined: a pipe or a file, whose lines are left whole for grep. */
  readonly width: number | undefined;
  readonly progress: ProgressLine;
}

/** How far work has come, on stderr: one line that is written anew, or now and then another line where there is no screen. */
export interface ProgressLine {
  /** To be shown no more often than that. */
  readonly everyMs: number;
  show(text: string): void;
  clear(): void;
}

/** Whatever the command says of itself: that it was not heard is a failure. */
function failAtExit(): void {
  process.once('exit', () => {
    process.exitCode = exitCodes.failed;
  });
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'inverse';
export type Paint = (styles: Style | Style[], text: string) => string;

/** Of a stream that is a screen. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** No text can be read in fewer columns: some pseudo-terminals say 0. */
const fewestColumns = 20;

/** The process's own terminal. `styleText` leaves colors away where there is no TTY, or where NO_COLOR is set. */
export function openTerminal(): Terminal {
  let isBroken = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads may stop reading, as `head` does. A run that has begun goes on.
    if (error.code === 'EPIPE' || isBroken) return;
    isBroken = true;
    process.stderr.write(`error: what was to be said could not be written: ${error.message}\n`);
    failAtExit();
  });
  const progress = progressOn(process.stderr);
  process.stderr.on('error', failAtExit);
  return {
    out: (text) => {
      progress.clear();
      process.stdout.write(`${wrapText(printable(text), widthOf(process.stdout))}\n`);
    },
    note: (text) => {
      progress.clear();
      process.stderr.write(`${wrapText(printable(text), widthOf(process.stderr))}\n`);
    },
    paint: (styles, text) => styleText(styles, text, { stream: process.stdout }),
    get width() {
      return widthOf(process.stdout);
    },
    progress,
  };
}

/** It may change while a command runs. */
export function widthOf({ isTTY, columns = 0 }: Screen): number | undefined {
  return isTTY === true && columns >= fewestColumns ? columns : undefined;
}

/** A line of its own every ten seconds, unless it can be written over. */
export function progressOn(stream: Screen & { write(text: string): unknown }): ProgressLine {
  const width = widthOf(stream);
  if (width === undefined || process.env.TERM === 'dumb') {
    return { everyMs: 10_000, show: (text) => void stream.write(`${printable(text)}\n`), clear: () => {} };
  }
  let isShown = false;
  const erase = '\r\u001b[2K';
  return {
    everyMs: 500,
    show: (text) => {
      isShown = true;
      stream.write(`${erase}${printable(text).slice(0, width - 1)}`);
    },
    clear: () => {
      if (isShown) stream.write(erase);
      isShown = false;
    },
  };
}
