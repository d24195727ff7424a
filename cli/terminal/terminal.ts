import { styleText } from 'node:util';
import { type ExitCode, exitCodes } from '../context/cli-error.ts';
import { printable } from '../render/printable.ts';
import { wrapText } from '../render/wrap.ts';
import { type ProgressLine, progressOn } from './progress-line.ts';
import { widthOf } from './screen.ts';

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
  /** The exit code of a command that has done its work, if what it came to could not be written: `failed`, unless it is told. */
  failUnwrittenWith(exitCode: ExitCode): void;
}

/** The reader may stop reading, as `head` does. A run in progress continues. */
function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE';
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'inverse';
export type Paint = (styles: Style | Style[], text: string) => string;

/** Opens the process's terminal. `styleText` omits colors if there is no TTY or if NO_COLOR is set. */
export function openTerminal(): Terminal {
  let isBroken = false;
  let unwritten: ExitCode = exitCodes.failed;
  const failAtExit = () => {
    process.once('exit', (exitCode) => {
      if (exitCode === exitCodes.done) process.exitCode = unwritten;
    });
  };
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
    failUnwrittenWith: (exitCode) => {
      unwritten = exitCode;
    },
  };
}
