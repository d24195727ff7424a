import { fileURLToPath } from 'node:url';
import { makeClients } from '#aws/clients/clients.ts';
import { systemClock } from '#aws/clients/clock.ts';
import type { Transport } from '#aws/clients/transport.ts';
import { chaos } from '#cli/chaos.ts';
import { parseSummary } from '#cli/config/config-summary.ts';
import { configAnswer } from '#cli/config/read-deployment-keys.ts';
import type { ProcessParts } from '#cli/context/cli-context.ts';
import type { Clock } from '#core/ports/clock.ts';
import { monday } from './a-sandbox-world.ts';
import { aTerminal } from './a-terminal.ts';

/** It has a chaos.config.ts. */
export const cliFolder = fileURLToPath(new URL('cli-folder', import.meta.url));

/** The result of a call of `chaos`. */
export interface Ended {
  readonly exitCode: number;
  readonly out: string;
  readonly notes: string;
  readonly progress: readonly string[];
}

/** Runs the command line in this process, on a Monday. Its calls to AWS go to `transport`, by default to AWS_ENDPOINT_URL. */
export function aCli({
  transport,
  clock = { ...systemClock, now: () => monday },
  cwd = cliFolder,
  width,
  env = {},
  onInterrupt = () => () => {},
  onNote,
}: {
  readonly transport?: Transport;
  readonly clock?: Clock;
  readonly cwd?: string;
  /** Columns of the screen; left out: a pipe. */
  readonly width?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly onInterrupt?: ProcessParts['onInterrupt'];
  readonly onNote?: (text: string) => void;
} = {}): (...args: readonly string[]) => Promise<Ended> {
  const clients = makeClients({ clock, concurrency: 8, ...(transport && { transport }) });
  return async (...args) => {
    const { terminal, out, notes, progress } = aTerminal({
      ...(width !== undefined && { width }),
      ...(onNote && { onNote }),
    });
    const exitCode = await chaos(args, {
      terminal,
      clock,
      cwd,
      env,
      loadClients: async () => clients,
      readConfigSummary,
      onInterrupt,
    });
    return { exitCode, out: out(), notes: notes(), progress: progress() };
  };
}

/** In this process: the one of its own has its own test, and takes a tenth of a second. */
const readConfigSummary: ProcessParts['readConfigSummary'] = async ({ path, shown, ambiguous }) =>
  ambiguous?.message ?? parseSummary(await configAnswer(path), shown);

/** Rejects every call: for commands that must not call AWS. */
export const noAws: Transport = async ({ client, command }) => {
  throw new Error(`unexpected call: ${client} ${command}`);
};
