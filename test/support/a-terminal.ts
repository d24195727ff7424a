import type { Terminal } from '#cli/shared/terminal.ts';

/** A terminal without colours that keeps what is written to it. */
export function aTerminal() {
  const out: string[] = [];
  const notes: string[] = [];
  const terminal: Terminal = {
    out: (text) => {
      out.push(text);
    },
    note: (text) => {
      notes.push(text);
    },
    paint: (_styles, text) => text,
  };
  return { terminal, out: () => out.join('\n'), notes: () => notes.join('\n') };
}
