import { wrapText } from '#cli/render/wrap.ts';
import type { Terminal } from '#cli/terminal/terminal.ts';

/** A terminal without colors that keeps what is written to it. Without a width it is a pipe. */
export function aTerminal({
  width,
  onNote = () => {},
}: {
  readonly width?: number;
  /** Told each note when it is written. */
  readonly onNote?: (text: string) => void;
} = {}) {
  const out: string[] = [];
  const notes: string[] = [];
  const progress: string[] = [];
  const terminal: Terminal = {
    out: (text) => {
      out.push(wrapText(text, width));
    },
    note: (text) => {
      notes.push(wrapText(text, width));
      onNote(text);
    },
    paint: (_styles, text) => text,
    width,
    progress: { everyMs: 10_000, width, show: (text) => void progress.push(text), clear: () => {} },
    failUnwrittenWith: () => {},
  };
  return {
    terminal,
    out: () => out.join('\n'),
    notes: () => notes.join('\n'),
    progress: () => progress,
  };
}
