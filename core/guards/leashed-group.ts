import { shellWord } from '../util/shell-word.ts';
import type { GuardOn } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';

/** Spares the group until somebody lifts the leash. */
export const leashedGroup: GuardOn<'ledger'> = {
  code: 'leashed-group',
  summary:
    'The group is leashed: it did not recover from a strike, or a person leashed it (`./chaos leash`).',
  needs: 'ledger',
  check: ({ group, record }) =>
    ifAvailable(record, ({ leash }) =>
      leash === undefined
        ? { passes: true, saw: 'not leashed' }
        : {
            passes: false,
            saw: `leashed by ${leash.by} at ${leash.at}: ${leash.reason}. Lift it with: ${unleashCommand(group.key)}`,
          },
    ),
};

/** The command that lifts a group's leash, quoted for pasting into a shell: a group's name may contain anything but a colon. */
export function unleashCommand(key: string): string {
  return `./chaos leash ${shellWord(key)} --off`;
}
