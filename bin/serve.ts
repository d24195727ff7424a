import { systemClock as clock } from '#aws/clock.ts';
import { serve } from '#cli/serve.ts';
import { findConfig, loadConfig } from '#cli/shared/load-config.ts';
import { openTerminal } from '#cli/shared/terminal.ts';
import { told } from '#cli/shared/told.ts';

/** `npm run serve`: an embedded AWS, kept up until Ctrl-C. */
const ending = new AbortController();
// The terminal sends Ctrl-C to npm and to us, and npm passes it on: it comes twice.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => ending.abort());

const terminal = openTerminal();
process.exitCode = await told(async () => {
  const config = await loadConfig(findConfig(undefined, process.cwd()));
  return serve(config, { env: process.env, clock, terminal, ended: ending.signal });
}, terminal);
