import { unleashCommand } from '../guards/leashed-group.ts';
import type { Deployment } from '../model/deployment.ts';
import type { HandledStrike } from '../reports/undo-report.ts';
import { maxText, oneLine } from '../util/format.ts';
import type { AnnouncedReport } from './announced-report.ts';
import { selectOutcome } from './report-sections.ts';
import { stopByAwsCli, stopExperimentByAwsCli } from './stop-by-aws-cli.ts';

/** Something to do now, with its commands or its query. */
export interface Action {
  readonly title: string;
  readonly commands: readonly string[];
}

type Place = Pick<Deployment, 'account' | 'region' | 'table'>;

/** Two ways to stop, with everything filled in: neither needs the configuration or the stack. */
export function stopActions({ account, region, table }: Place): readonly Action[] {
  return [
    {
      title: 'Stop the monkey, in the clone of this project',
      commands: [`./chaos stop --region ${region} --table ${table}`],
    },
    {
      title: `Stop it without a clone, with the aws CLI and credentials of account ${account}`,
      commands: [stopByAwsCli({ region, table })],
    },
  ];
}

/** Two ways to stop an experiment, likewise. */
export function stopExperimentActions(id: string, { account, region, table }: Place): readonly Action[] {
  return [
    {
      title: 'Stop this experiment, in the clone of this project',
      commands: [`./chaos experiment stop ${id} --region ${region} --table ${table}`],
    },
    {
      title: `Stop it without a clone, with the aws CLI and credentials of account ${account}`,
      commands: [stopExperimentByAwsCli({ region, table, id })],
    },
  ];
}

/** A policy is part of a command, and a part of a policy is none. */
const maxCommand = 24_000;
export const maxTitle = 400;

export function undoAgain(
  { id, target, fault }: Pick<HandledStrike, 'id' | 'target' | 'fault'>,
  flags: string,
): Action {
  return {
    title: oneLine(`To try again to undo ${fault.name} on ${target.id}`, maxTitle),
    commands: [`./chaos undo ${id}${flags}`],
  };
}

export function undoByHand({
  target,
  fault,
  byHand,
}: Pick<HandledStrike, 'target' | 'fault' | 'byHand'>): Action {
  return {
    title: oneLine(
      `To undo ${fault.name} on ${target.id} by hand, with credentials of account ${target.account}`,
      maxTitle,
    ),
    commands: byHand.map((command) => oneLine(command, maxCommand)),
  };
}

/**
 * What to do about groups that did not recover, the first `limit` by name; empty if all have recovered. The deployment's flags
 * make the commands independent of any local configuration.
 */
export function unleashActions(
  { counts, recoveries }: AnnouncedReport,
  limit: number,
  flags: string,
): readonly Action[] {
  if (counts.notRecovered === 0) return [];
  const groups = new Set(selectOutcome(recoveries, 'not-recovered').map(({ group }) => group));
  const shown = limit === 0 || groups.size === 0 ? ['GROUP'] : [...groups].slice(0, limit);
  return [
    {
      title:
        counts.notRecovered === 1
          ? 'The group is leashed: no run strikes it. Lift that once it is well'
          : 'The groups are leashed: no run strikes them. Lift that once they are well',
      commands: shown.map((group) => oneLine(`${unleashCommand(group)}${flags}`, maxText)),
    },
  ];
}

/** The query for all log lines of a run. */
export function logAction({ task, runId }: AnnouncedReport): Action {
  return {
    title: `Every ${task === 'verify' ? 'recovery' : 'decision'}, in CloudWatch Logs Insights on the log of chaos_monkey`,
    commands: [`filter runId = "${oneLine(runId, maxText)}" | sort @timestamp`],
  };
}

/** An action as plain text, with each command on its own line for copying. */
export function actionLines({ title, commands }: Action): readonly string[] {
  return [`${title}:`, ...commands.map((command) => `  ${command}`)];
}
