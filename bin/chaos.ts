#!/usr/bin/env node
import { makeClients } from '#aws/clients.ts';
import { systemClock as clock } from '#aws/clock.ts';
import { concurrency } from '#aws/world.ts';
import { chaos } from '#cli/chaos.ts';
import { openPrompt } from '#cli/shared/prompt.ts';
import { openTerminal } from '#cli/shared/terminal.ts';

/** The command line: `./chaos`. */
process.exitCode = await chaos(process.argv.slice(2), {
  terminal: openTerminal(),
  cwd: process.cwd(),
  clock,
  prompt: openPrompt(),
  clients: makeClients({ clock, concurrency }),
});
