import { createInterface, type Interface } from 'node:readline/promises';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** A person at a terminal who can answer questions. */
export interface Prompt {
  /** Returns the line typed. Rejects on Ctrl-C and Ctrl-D. */
  ask(question: string): Promise<string>;
  /** Lets the process exit. */
  close(): void;
}

/** Opens the process's terminal; undefined if it is not interactive. Questions go to stderr, so that stdout can be piped. */
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
