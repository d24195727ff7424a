import type { Decision } from '#core/model/decision.ts';
import { faultText } from '#core/model/describe.ts';
import type { Failure } from '#core/model/failure.ts';
import type { Counts, RunReport, Strike } from '#core/reports/run-report.ts';
import { counted, maxText, oneLine } from '#core/util/format.ts';
import type { Paint, Style } from '../terminal/terminal.ts';

/** Of each reason so many groups are listed, and of each kind so many failures: what is more scrolls away unread. */
export const maxListed = 40;

/** Lines that belong together; none where there is nothing to say. */
export type Section = readonly string[];

/** All strikes of a run, with what was drawn for each. */
export function strikeSections(report: RunReport, paint: Paint): readonly Section[] {
  const { counts } = report;
  return [
    strikeSection(report, 'succeeded', counts.succeeded, paint),
    strikeSection(report, 'leashed', counts.leashed, paint),
    strikeSection(report, 'unknown', counts.unknown, paint),
    strikeSection(report, 'failed', counts.failed, paint),
  ];
}

const strikeTitles: Readonly<Record<Strike['outcome'], { readonly text: string; readonly style: Style }>> = {
  succeeded: { text: 'Struck', style: 'red' },
  leashed: { text: 'Would have struck', style: 'cyan' },
  unknown: { text: 'Not known whether struck', style: 'yellow' },
  failed: { text: 'Could not strike', style: 'red' },
};

function strikeSection(
  { strikes, decisions }: RunReport,
  outcome: Strike['outcome'],
  count: number,
  paint: Paint,
): Section {
  if (count === 0) return [];
  const { text: title, style } = strikeTitles[outcome];
  const listed = strikes.filter((strike) => strike.outcome === outcome);
  const reasons = new Map(decisions.map(({ group, reason }) => [group, reason.text]));
  return [
    paint(['bold', style], `${title}: ${counted(count, 'instance')}`),
    ...listed.flatMap(({ group, zone, instanceId, fault, detail }) => {
      const reason = reasons.get(group);
      return [
        `  ${line(instanceId)}  ${line(faultText(fault))}${outcome === 'leashed' ? '' : `: ${line(detail)}`}`,
        `    ${line(group)}, zone ${line(zone)}${reason === undefined ? '' : `: ${line(reason)}`}`,
      ];
    }),
    ...more(count - listed.length),
  ];
}

/** Who was spared, by reason, the most frequent first. */
export function spareSection({ counts, decisions }: RunReport, paint: Paint): Section {
  const spared = Object.entries(counts.spared).sort(([, a], [, b]) => b - a);
  if (spared.length === 0) return [];
  const byCode = Map.groupBy(
    decisions.filter(({ verdict }) => verdict === 'spare'),
    ({ reason }) => reason.code,
  );
  const total = spared.reduce((sum, [, count]) => sum + count, 0);
  return [
    paint('bold', `Spared: ${counted(total, 'group')}`),
    ...spared.flatMap(([code, count]) => [
      `  ${paint('yellow', code)} (${count})`,
      ...table(
        (byCode.get(code) ?? []).map((one) => [one.group, spareText(one)]),
        count,
      ),
    ]),
  ];
}

function spareText({ reason, also = [] }: Decision): string {
  return [reason, ...also].map(({ text }) => text).join('; also ');
}

/** What failed, by kind: a thousand accounts that fail alike do not hide the one that fails otherwise. */
export function failureSection(
  { counts, failures }: Pick<RunReport, 'failures'> & { readonly counts: Pick<Counts, 'failures'> },
  paint: Paint,
): Section {
  if (counts.failures === 0) return [];
  const kinds = [...Map.groupBy(failures, ({ stage, code }) => `${stage} ${code}`)];
  return [
    paint(['bold', 'red'], `Failed: ${counts.failures}`),
    ...kinds
      .sort(([, a], [, b]) => b.length - a.length)
      .flatMap(([kind, alike]) => [
        `  ${paint('red', line(kind))} (${alike.length})`,
        ...table(
          alike.map((one) => [placeOf(one), one.message]),
          alike.length,
        ),
      ]),
    ...more(counts.failures - failures.length),
  ];
}

function placeOf({ account, region, group }: Failure): string {
  return group ?? [account, region].filter((part) => part !== undefined).join('/');
}

/** The first rows of two columns, and how many of `count` are not among them. */
export function table(rows: readonly (readonly [string, string])[], count: number, indent = '    '): Section {
  const listed = rows.slice(0, maxListed).map(([left, right]) => [line(left), line(right)] as const);
  const width = Math.max(...listed.map(([left]) => left.length));
  const column = width === 0 ? 0 : width + 2;
  return [
    ...listed.flatMap(([left, right]) => {
      const [first = '', ...instances] = instanceLines(right);
      return [
        `${indent}${left.padEnd(column)}${first}`,
        ...instances.map((text) => `${indent}${' '.repeat(column)}${text}`),
      ];
    }),
    ...more(count - listed.length, indent),
  ];
}

/** What is said of several instances, each on a line of its own. */
function instanceLines(text: string): readonly string[] {
  return text.split(/(?<=[:;]) (?=i-[0-9a-f]{8,}\b)/);
}

/** How many are not listed. */
export function more(count: number, indent = '  '): Section {
  return count > 0 ? [`${indent}and ${count.toLocaleString('en-US')} more; --json prints all there are`] : [];
}

/** Names and texts come from outside: no line breaks and no terminal control sequences among them. */
export function line(text: string): string {
  return oneLine(text, maxText);
}
