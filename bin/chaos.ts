import { systemClock as clock } from '#aws/clock.ts';
import { chaos } from '#cli/chaos.ts';
import { onInterrupt } from '#cli/shared/interrupts.ts';
import { openTerminal } from '#cli/shared/terminal.ts';

/** The command line: `./chaos`, by way of chaos.js. */
const exitCode = await chaos(process.argv.slice(2), {
  terminal: openTerminal(),
  cwd: process.cwd(),
  env: process.env,
  clock,
  loadClients: async () => {
    const { callsInFlight, makeClients } = await import('#aws/clients.ts');
    return makeClients({ clock, concurrency: callsInFlight });
  },
  readConfigSummary: async (file) => (await import('#cli/shared/config-summary.ts')).readConfigSummary(file),
  onInterrupt,
});
// Calls that were given up, as AWS does not answer, would keep the process from ending.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
);
process.exit(exitCode);
