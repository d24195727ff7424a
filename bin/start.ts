import { story } from '#cli/commands/start.ts';
import { experimentStory } from '#cli/commands/start-experiment.ts';
import { findConfig, openConfig } from '#cli/config/open-config.ts';
import { reportErrors } from '#cli/terminal/report-errors.ts';
import { openTerminal } from '#cli/terminal/terminal.ts';

/** `npm start`: shows the monkey at work on a sandbox, and an experiment. */
const terminal = openTerminal();
process.exitCode = await reportErrors(async () => {
  const config = await openConfig(findConfig(undefined, process.cwd()));
  return story(config, terminal, () => experimentStory(terminal, process.cwd()));
}, terminal);
