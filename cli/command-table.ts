import type { CommandEntry } from './command-entry.ts';

/** In the order of the help: what it does, what holds it, what it says. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'run',
    summary: 'make one run: survey, decide and, if unleashed, strike',
    load: async () => (await import('./commands/run.ts')).runCommand,
  },
  {
    name: 'stop',
    arguments: '[reason...]',
    summary: 'end all strikes, now',
    load: async () => (await import('./commands/stop.ts')).stopCommand,
  },
  {
    name: 'resume',
    summary: 'lift the stop',
    load: async () => (await import('./commands/resume.ts')).resumeCommand,
  },
  {
    name: 'veto',
    arguments: '<group>',
    summary: 'have a group left alone for a time',
    load: async () => (await import('./commands/veto.ts')).vetoCommand,
  },
  {
    name: 'leash',
    arguments: '<group>',
    summary: 'have a group left alone until it is lifted',
    load: async () => (await import('./commands/leash.ts')).leashCommand,
  },
  {
    name: 'status',
    summary: 'is it stopped, is it leashed, and what did it do last?',
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'groups',
    summary: 'all groups that have opted in: rate, leash, veto and last strike',
    load: async () => (await import('./commands/groups.ts')).groupsCommand,
  },
  {
    name: 'plan',
    summary: 'who will be struck, and when?',
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  {
    name: 'explain',
    arguments: '<group>',
    summary: 'what stands for and against a strike of a group, now?',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  {
    name: 'replay',
    arguments: '<run>',
    summary: 'decide a recorded run again: is it the same?',
    load: async () => (await import('./commands/replay.ts')).replayCommand,
  },
  {
    name: 'simulate',
    summary: 'try a rate: how often will it strike?',
    load: async () => (await import('./commands/simulate.ts')).simulateCommand,
  },
  {
    name: 'faults',
    summary: 'what can be done to an instance, and what of it the configuration enables',
    load: async () => (await import('./commands/faults.ts')).faultsCommand,
  },
  {
    name: 'calendar',
    summary: 'the days of a year on which nothing is struck',
    load: async () => (await import('./commands/calendar.ts')).calendarCommand,
  },
  {
    name: 'ledger',
    arguments: '<what>',
    summary: 'check the items of the ledger',
    load: async () => (await import('./commands/ledger.ts')).ledgerCommand,
  },
  {
    name: 'init',
    summary: 'write a configuration',
    load: async () => (await import('./commands/init.ts')).initCommand,
  },
  {
    name: 'doctor',
    summary: 'what stands between it and a first strike?',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  {
    name: 'completion',
    arguments: '<shell>',
    summary: 'have commands and options completed by bash, zsh or fish',
    load: async () => {
      const { completionCommand } = await import('./commands/completion.ts');
      return (context) => completionCommand(commands, context);
    },
  },
];
