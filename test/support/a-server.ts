import { sandboxWorld } from '#cli/sandbox/sandbox-world.ts';
import { servedFunction } from '#cli/serve/served-function.ts';
import { type Serving, startServer } from '#cli/serve/server.ts';
import type { World } from '#core/ports/world.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { cliConfig } from './a-deployment.ts';
import { monday } from './a-sandbox-world.ts';

/** The server of `npm run serve` on a free port, over an embedded AWS whose time stands still. */
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
