import { findConfig, loadConfig } from '#cli/shared/load-config.ts';
import { openTerminal } from '#cli/shared/terminal.ts';
import { told } from '#cli/shared/told.ts';
import { story } from '#cli/start.ts';

/** `npm start`: the monkey at work on an embedded AWS. */
const terminal = openTerminal();
process.exitCode = await told(
  async () => story(await loadConfig(findConfig(undefined, process.cwd())), terminal),
  terminal,
);
