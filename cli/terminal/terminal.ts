import { styleText } from 'node:util';
import { exitCodes } from '../context/cli-error.ts';
import { printable } from '../render/printable.ts';
import { wrapText } from '../render/wrap.ts';

/** Where a command writes. */
export interface Terminal {
  /** Prints the result, and nothing else, so that it can be piped. */
  out(text: string): void;
  /** Prints everything else: progress, hints, errors. */
  note(text: string): void;
  /** For text on `out`. */
  readonly paint: Paint;
  /** Columns of the screen that `out` writes to. Undefined for a pipe or a file, whose lines stay whole for grep. */
  readonly width: number | undefined;
  readonly progress: ProgressLine;
}

/** A progress line on stderr, rewritten in place; without a screen, a new line now and then. */
export interface ProgressLine {
  /** How often to show it at most. */
  readonly everyMs: number;
  show(text: string): void;
  clear(): void;
}

/** Output that could not be written is a failure, whatever the command's own exit code. */
function failAtExit(): void {
  process.once('exit', () => {
    process.exitCode = exitCodes.failed;
  });
}

/** The reader may stop reading, as `head` does. A run in progress continues. */
function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE';
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'inverse';
export type Paint = (styles: Style | Style[], text: string) => string;

/** The properties of a stream that may be a screen. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Text is unreadable in fewer columns. Some pseudo-terminals report 0. */
const fewestColumns = 20;

/** Opens the process's terminal. `styleText` omits colors if there is no TTY or if NO_COLOR is set. */
export function openTerminal(): Terminal {
  let isBroken = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isReaderGone(error) || isBroken) return;
    isBroken = true;
    process.stderr.write(`error: could not write to stdout: ${error.message}\n`);
    failAtExit();
  });
  const progress = progressOn(process.stderr);
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (!isReaderGone(error)) failAtExit();
  });
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

/** Columns of a screen, which may change while a command runs. */
export function widthOf({ isTTY, columns = 0 }: Screen): number | undefined {
  return isTTY === true && columns >= fewestColumns ? columns : undefined;
}

/** Rewrites the line in place on a screen; elsewhere, prints a line every ten seconds, if it has changed. */
export function progressOn(stream: Screen & { write(text: string): unknown }): ProgressLine {
  const width = widthOf(stream);
  if (width === undefined || process.env.TERM === 'dumb') {
    let last: string | undefined;
    const show = (text: string) => {
      if (text !== last) stream.write(`${printable(text)}\n`);
      last = text;
    };
    return { everyMs: 10_000, show, clear: () => {} };
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
