import { story } from '#cli/commands/start.ts';
import { findConfig, openConfig } from '#cli/config/open-config.ts';
import { reportErrors } from '#cli/terminal/report-errors.ts';
import { openTerminal } from '#cli/terminal/terminal.ts';

/** `npm start`: shows the monkey at work on a sandbox. */
const terminal = openTerminal();
process.exitCode = await reportErrors(
  async () => story(await openConfig(findConfig(undefined, process.cwd())), terminal),
  terminal,
);
