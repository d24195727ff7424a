import { systemClock as clock } from '#aws/clients/clock.ts';
import { serve } from '#cli/commands/serve.ts';
import { findConfig, openConfig } from '#cli/config/open-config.ts';
import { reportErrors } from '#cli/terminal/report-errors.ts';
import { openTerminal } from '#cli/terminal/terminal.ts';

/** `npm run serve`: serves a sandbox until Ctrl-C, or until npm is gone. */
const ending = new AbortController();
// Ctrl-C arrives twice: the terminal sends it to npm and to us, and npm forwards it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ending.abort());
// npm cannot forward SIGKILL, so we watch for a new parent. npm is our parent because of the `exec` in package.json.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.env.npm_lifecycle_event === 'serve' && process.ppid !== parent) ending.abort();
}, 500);
watch.unref();

const terminal = openTerminal();
process.exitCode = await reportErrors(async () => {
  const config = await openConfig(findConfig(undefined, process.cwd()));
  return serve(config, { env: process.env, clock, terminal, ended: ending.signal });
}, terminal);
clearInterval(watch);
