import { createInterface, type Interface } from 'node:readline/promises';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** Somebody at a terminal, who can be asked. */
export interface Prompt {
  /** The line that was typed. Rejects where there is none: Ctrl-C, Ctrl-D. */
  ask(question: string): Promise<string>;
  /** Lets the process end. */
  close(): void;
}

/** The process's own terminal; undefined where nobody is there to answer. Questions are on stderr, so that stdout can be piped on. */
export function openPrompt(): Prompt | undefined {
  const { stdin: input, stderr: output } = process;
  if (!input.isTTY || !output.isTTY) return undefined;
  let lines: Interface | undefined;
  return {
    ask: async (question) => {
      lines ??= createInterface({ input, output });
      const { promise: left, reject } = Promise.withResolvers<never>();
      const leave = () => reject(new CliError('No answer. Nothing was done.', exitCodes.badUsage));
      lines.once('close', leave);
      try {
        return await Promise.race([lines.question(question), left]);
      } finally {
        lines.off('close', leave);
      }
    },
    close: () => lines?.close(),
  };
}
