import { newSecret } from '#aws/new-ids.ts';
import { localTime } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import type { Clock } from '#core/ports/clock.ts';
import { monkeyName } from '#lib/outputs.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { CliError, type ExitCode, exitCodes } from '../context/cli-error.ts';
import { sandboxWorld } from '../sandbox/sandbox-world.ts';
import { shiftedClock } from '../sandbox/shifted-clock.ts';
import { findWindowOpening } from '../sandbox/window-opening.ts';
import { servedFunction } from '../serve/served-function.ts';
import { type Serving, startServer } from '../serve/server.ts';
import type { Terminal } from '../terminal/terminal.ts';

const defaultPort = '4577';

/**
 * Serves a sandbox until `ended` is aborted: `npm run serve`. Its clock starts when the schedule's window opens, so that a live
 * run strikes even on a Sunday.
 */
export async function serve(
  config: Config,
  parts: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly clock: Clock;
    readonly terminal: Terminal;
    readonly ended: AbortSignal;
  },
): Promise<ExitCode> {
  const { env, terminal, ended } = parts;
  const port = parsePort(env.PORT ?? defaultPort);
  const clock = shiftedClock(parts.clock, findWindowOpening(config, parts.clock.now()));
  const { world, sandbox, stackOutputs } = sandboxWorld({ config, clock, journal, newSecret });
  const tell = (line: string) => terminal.out(`${localTime(config.schedule, clock.now())}  ${line}`);

  const invoke = servedFunction(world, tell);
  const serving = await startServer({
    port,
    stack: { master: config.master, outputs: stackOutputs },
    invoke,
    transport: sandbox.transport,
  }).catch((error: Error) => {
    throw new CliError(explainPortError(error, port), exitCodes.failed, error);
  });
  terminal.out(greeting(serving, config, localTime(config.schedule, clock.now())));
  if (!ended.aborted)
    await new Promise((resolve) => ended.addEventListener('abort', resolve, { once: true }));
  await serving.close();
  terminal.out('Ended.');
  return exitCodes.done;
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new CliError(
    `PORT="${text}": expected a port from 0 to 65535; 0 picks a free one`,
    exitCodes.badUsage,
  );
}

function explainPortError(error: Error, port: number): string {
  if (!('code' in error)) return error.message;
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is in use. Choose another: PORT=${port + 1} npm run serve`;
  if (error.code === 'EACCES')
    return `Port ${port} needs elevated privileges. Choose another: PORT=${defaultPort} npm run serve`;
  return error.message;
}

function greeting({ url }: Serving, { master, accounts }: Config, time: string): string {
  const invoke = `aws lambda invoke --function-name ${monkeyName} --endpoint-url ${url}`;
  return `A sandbox of ${accounts.length} accounts is listening on ${url}. Nothing real is touched. Press Ctrl-C to end it.
Its clock starts at ${time}. It implements Lambda Invoke, POST /runs and the calls of ./chaos;
it refuses any other AWS call by name.
This monkey is unleashed: "dryRun": false strikes, even if the configuration says leashed: true.

With the aws CLI and any credentials:
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=${master.region}
  ${invoke} out.json && cat out.json
Live:
  echo '{"dryRun":false}' |
    ${invoke} --payload fileb:///dev/stdin out.json && cat out.json
With curl:
  curl -s ${url}/runs -H 'content-type: application/json' -d '{"dryRun":false}'
With ./chaos, for readable output. You can rehearse a stop:
  export AWS_ENDPOINT_URL=${url} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
  ./chaos run --unleash
  ./chaos stop a rehearsal; ./chaos status; ./chaos run --unleash; ./chaos resume
Faults that last cannot be rehearsed here yet. npm start shows how one ends.
`;
}
