import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { sandboxWorld } from '#cli/sandbox/sandbox-world.ts';
import { servedFunction } from '#cli/serve/served-function.ts';
import { type Serving, startServer } from '#cli/serve/server.ts';
import type { World } from '#core/ports/world.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { cliConfig } from './a-deployment.ts';
import { monday } from './a-sandbox-world.ts';

/** The server of `npm run serve` on a free port, over a sandbox whose time stands still. */
export async function aServer(overrides: Partial<World> = {}): Promise<
  Serving & {
    readonly world: World;
    /** The lines it has printed. */
    readonly told: readonly string[];
  }
> {
  const clock = { now: () => monday, sleep: async () => {} };
  const aws = sandboxWorld({ config: cliConfig, clock, journal, newSecret: () => 'ab'.repeat(32) });
  const world: World = { ...aws.world, ...overrides };
  const told: string[] = [];
  const serving = await startServer({
    port: 0,
    stack: { master: cliConfig.master, outputs: aws.stackOutputs },
    transport: aws.sandbox.transport,
    invoke: servedFunction(world, (line) => told.push(line)),
  });
  return { ...serving, world, told };
}

/**
 * A server for the tests of a file, which is what AWS_ENDPOINT_URL names in each of them. The result is undefined until they start.
 */
export function serverForTests(): () => Awaited<ReturnType<typeof aServer>> {
  let server: Awaited<ReturnType<typeof aServer>>;
  beforeAll(async () => {
    server = await aServer();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  return () => server;
}

/** The report of a run of the served function. */
export async function invokeRun({ url }: Serving, request: object): Promise<RunReport> {
  const answer = await fetch(`${url}/runs`, { method: 'POST', body: JSON.stringify(request) });
  return (await answer.json()) as RunReport;
}
