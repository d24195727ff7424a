import { unleashCommand } from '../guards/leashed-group.ts';
import { ofOutcome } from './recovery-sections.ts';
import { maxText, oneLine } from './words.ts';
import type { Tellable } from './worth-telling.ts';

/** What to do now, with its commands or its query. */
export interface Action {
  readonly title: string;
  readonly commands: readonly string[];
}

export const stopAction: Action = {
  title: 'Stop the monkey',
  commands: ['./chaos stop --reason "..."'],
};

/** What is to be done about groups that did not recover, the first `limit` by their names; undefined where all are well. */
export function unleashAction({ counts, recoveries }: Tellable, limit: number): Action | undefined {
  if (counts.notRecovered === 0) return undefined;
  const groups = new Set(ofOutcome(recoveries, 'not-recovered').map(({ group }) => group));
  const shown = [...groups].slice(0, limit);
  return {
    title:
      counts.notRecovered === 1
        ? 'The group is leashed: no run strikes it. Lift that once it is well'
        : 'The groups are leashed: no run strikes them. Lift that once they are well',
    commands: (shown.length === 0 ? ['GROUP'] : shown).map((group) =>
      oneLine(unleashCommand(group), maxText),
    ),
  };
}

/** All lines that a run has in the log. */
export function logAction({ task, runId }: Tellable): Action {
  return {
    title: `Every ${task === 'verify' ? 'recovery' : 'decision'}, in CloudWatch Logs Insights on the log of chaos_monkey`,
    commands: [`filter runId = "${oneLine(runId, maxText)}" | sort @timestamp`],
  };
}
