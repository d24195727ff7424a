import type { CommandEntry } from './command-entry.ts';

/** In the order of the help: acting, holding back, asking. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'run',
    summary: 'make one run: survey, decide and, if unleashed, strike',
    load: async () => (await import('./commands/run.ts')).runCommand,
  },
  {
    name: 'stop',
    arguments: '[reason...]',
    summary: 'stop all strikes now',
    load: async () => (await import('./commands/stop.ts')).stopCommand,
  },
  {
    name: 'resume',
    summary: 'lift the stop',
    load: async () => (await import('./commands/resume.ts')).resumeCommand,
  },
  {
    name: 'undo',
    arguments: '[strikes...]',
    summary: 'undo faults that last now',
    load: async () => (await import('./commands/undo.ts')).undoCommand,
  },
  {
    name: 'strikes',
    summary: 'list faults that last: how each ends, and the last that have ended',
    load: async () => (await import('./commands/strikes.ts')).strikesCommand,
  },
  {
    name: 'experiment',
    arguments: '[command]',
    summary: 'ask one question with a number: if this fails, do users notice?',
    load: async () => (await import('./commands/experiment/experiment.ts')).experimentCommand,
  },
  {
    name: 'veto',
    arguments: '<group>',
    summary: 'exempt a group for a while',
    load: async () => (await import('./commands/veto.ts')).vetoCommand,
  },
  {
    name: 'leash',
    arguments: '<group>',
    summary: 'exempt a group until the leash is lifted',
    load: async () => (await import('./commands/leash.ts')).leashCommand,
  },
  {
    name: 'status',
    summary: 'show whether it is stopped or leashed, and its last runs',
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'groups',
    summary: 'list the groups that opted in: rate, leash, veto and last strike',
    load: async () => (await import('./commands/groups.ts')).groupsCommand,
  },
  {
    name: 'plan',
    summary: 'list what will be struck, and when',
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  {
    name: 'explain',
    arguments: '<group>',
    summary: 'explain why a group would or would not be struck now',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  {
    name: 'replay',
    arguments: '<run>',
    summary: 'decide a recorded run again and compare',
    load: async () => (await import('./commands/replay.ts')).replayCommand,
  },
  {
    name: 'simulate',
    summary: 'simulate a rate: how often would it strike?',
    load: async () => (await import('./commands/simulate.ts')).simulateCommand,
  },
  {
    name: 'faults',
    arguments: '[fault]',
    summary: 'list the faults, and which of them the configuration enables',
    load: async () => (await import('./commands/faults.ts')).faultsCommand,
  },
  {
    name: 'calendar',
    summary: 'list the days of a year without strikes',
    load: async () => (await import('./commands/calendar.ts')).calendarCommand,
  },
  {
    name: 'ledger',
    arguments: '<what>',
    summary: 'check the ledger for damaged items',
    load: async () => (await import('./commands/ledger.ts')).ledgerCommand,
  },
  {
    name: 'init',
    summary: 'write a configuration',
    load: async () => (await import('./commands/init.ts')).initCommand,
  },
  {
    name: 'doctor',
    summary: 'check what still prevents a first strike',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  {
    name: 'completion',
    arguments: '<shell>',
    summary: 'print a completion script for bash, zsh or fish',
    load: async () => {
      const { completionCommand } = await import('./commands/completion.ts');
      return (context) => completionCommand(commands, context);
    },
  },
];
