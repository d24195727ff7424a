import { setImmediate } from 'node:timers/promises';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { chaos } from '#cli/chaos.ts';
import { onInterrupt } from '#cli/terminal/interrupts.ts';
import { openPrompt } from '#cli/terminal/prompt.ts';
import { openTerminal } from '#cli/terminal/terminal.ts';

/** The command line: `./chaos`, via chaos.js. */
const exitCode = await chaos(process.argv.slice(2), {
  terminal: openTerminal(),
  cwd: process.cwd(),
  env: process.env,
  clock,
  prompt: openPrompt(),
  loadClients: async () => {
    const { callsInFlight, makeClients } = await import('#aws/clients/clients.ts');
    return makeClients({ clock, concurrency: callsInFlight });
  },
  readConfigSummary: async (file) => (await import('#cli/config/config-summary.ts')).readConfigSummary(file),
  onInterrupt,
});
// Exits explicitly, as abandoned calls to AWS would keep the process alive. stdout goes first: its errors are reported on stderr.
await flush(process.stdout);
await flush(process.stderr);
process.exit(exitCode);

async function flush(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise((resolve) => stream.write('', resolve));
  await setImmediate();
}
