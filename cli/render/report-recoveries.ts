import { unleashAction } from '#core/messages/actions.ts';
import { goneCount, ofOutcome, recoveryText } from '#core/messages/recovery-sections.ts';
import type { Recovery } from '#core/model/recovery.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { counted } from '#core/util/format.ts';
import type { Paint } from '../terminal/terminal.ts';
import { maxListed, type Section, table } from './report-sections.ts';

/** Groups that did not get over an earlier strike, and what is to be done about them. */
export function notRecoveredSection(report: RunReport, paint: Paint): Section {
  const { notRecovered } = report.counts;
  const unleash = unleashAction(report, maxListed);
  if (unleash === undefined) return [];
  return [
    paint(['bold', 'inverse', 'red'], `NOT RECOVERED: ${counted(notRecovered, 'group')}`),
    ...recoveryTable(report, 'not-recovered', notRecovered),
    paint('bold', `  ${unleash.title}:`),
    ...unleash.commands.map((command) => `    ${command}`),
  ];
}

/** Groups that did, and how long it took; and those that are no more. */
export function recoveredSections(report: RunReport, paint: Paint): readonly Section[] {
  const { recovered } = report.counts;
  const gone = goneCount(report);
  return [
    recovered === 0
      ? []
      : [
          paint(['bold', 'green'], `Recovered: ${counted(recovered, 'group')}`),
          ...recoveryTable(report, 'recovered', recovered),
        ],
    gone === 0
      ? []
      : [
          paint('bold', `Gone since the strike: ${counted(gone, 'group')}`),
          ...recoveryTable(report, 'gone', gone),
        ],
  ];
}

function recoveryTable({ recoveries }: RunReport, outcome: Recovery['outcome'], count: number): Section {
  return table(
    ofOutcome(recoveries, outcome).map(({ group, instanceId, recovery }) => [
      group,
      // What was seen of a group that did not recover names the instance.
      outcome === 'recovered' ? `${instanceId} ${recoveryText(recovery)}` : recoveryText(recovery),
    ]),
    count,
    '  ',
  );
}
