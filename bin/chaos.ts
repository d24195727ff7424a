import { setImmediate } from 'node:timers/promises';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { chaos } from '#cli/chaos.ts';
import { onInterrupt } from '#cli/terminal/interrupts.ts';
import { openPrompt } from '#cli/terminal/prompt.ts';
import { openTerminal } from '#cli/terminal/terminal.ts';

/** The command line: `./chaos`, by way of chaos.js. */
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
// Calls that were given up, as AWS does not answer, would keep the process from ending. That stdout fails is said on stderr.
await written(process.stdout);
await written(process.stderr);
process.exit(exitCode);

async function written(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise((resolve) => stream.write('', resolve));
  await setImmediate();
}
