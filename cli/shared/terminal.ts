import { styleText } from 'node:util';
import { exitCodes } from './cli-error.ts';

/** Where a command writes. */
export interface Terminal {
  /** What was asked for, and nothing else, so that it can be piped on. */
  out(text: string): void;
  /** Everything else: what is going on, hints, errors. */
  note(text: string): void;
  /** For text on `out`. */
  readonly paint: Paint;
}

/** Whatever the command says of itself: that it was not heard is a failure. */
function failAtExit(): void {
  process.once('exit', () => {
    process.exitCode = exitCodes.failed;
  });
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'inverse';
export type Paint = (styles: Style | Style[], text: string) => string;

/** The process's own terminal. `styleText` leaves colours away where there is no TTY, or where NO_COLOR is set. */
export function openTerminal(): Terminal {
  let isBroken = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads may stop reading, as `head` does. A run that has begun goes on.
    if (error.code === 'EPIPE' || isBroken) return;
    isBroken = true;
    process.stderr.write(`error: what was to be said could not be written: ${error.message}\n`);
    failAtExit();
  });
  process.stderr.on('error', failAtExit);
  return {
    out: (text) => {
      process.stdout.write(`${text}\n`);
    },
    note: (text) => {
      process.stderr.write(`${text}\n`);
    },
    paint: (styles, text) => styleText(styles, text, { stream: process.stdout }),
  };
}
