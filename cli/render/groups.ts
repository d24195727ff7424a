import { failureSection } from '#core/messages/failure-section.ts';
import { momentText } from '#core/messages/moment-text.ts';
import type { GroupList, ListedGroup, ListedRate } from '#core/reports/group-list.ts';
import { counted, grouped, maxReason, oneLine } from '#core/util/format.ts';
import type { Paint } from '../terminal/terminal.ts';
import { line, paragraphs, type Section, sectionLines, terminalLimits } from './layout.ts';

interface OptIn {
  readonly key: string;
  readonly value: string;
}

/** Formats the groups, one entry each. The total comes first, so that it shows when piped into `less`. */
export function groupsText(list: GroupList, optIn: OptIn, paint: Paint): string {
  const { groups, failures, omittedFailures = 0, seen } = list;
  const failed = failures.length + omittedFailures;
  return paragraphs([
    headline(list, paint),
    seen === 0 ? noneSection(optIn) : groups.flatMap((one) => entry(one, list.timeZone, optIn.key, paint)),
    missingSection(seen - groups.length),
    failed === 0 ? [] : sectionLines(failureSection('Failures', failures, failed, terminalLimits), paint),
  ]);
}

function headline({ seen, groups, leashed, at, timeZone }: GroupList, paint: Paint): Section {
  const held = groups.filter(({ record }) => (record?.leash ?? record?.veto ?? null) !== null).length;
  const title = `${counted(seen, 'opted-in group')}${held === 0 ? '' : `, ${grouped(held)} of them exempt`}`;
  return [
    `${paint('bold', title)}, as of ${momentText(at, timeZone)} ${line(timeZone)}`,
    ...(leashed ? [paint('cyan', 'The deployed configuration says leashed: true. Nothing is struck.')] : []),
  ];
}

function entry(
  { group, targets, healthy, desired, tags, rate, record }: ListedGroup,
  timeZone: string,
  optInKey: string,
  paint: Paint,
): Section {
  const isShort = healthy < desired;
  const health = `${grouped(healthy)} of ${grouped(desired)} healthy`;
  // The numbers differ for weighted members and during scaling.
  const members = targets === desired ? '' : `, ${counted(targets, 'target')}`;
  const shown = Object.entries(tags).filter(([key]) => key !== optInKey);
  return [
    paint('bold', line(group)),
    `  ${isShort ? paint('yellow', health) : health}${members}; ${lastText(record, timeZone)}`,
    `  ${rateText(rate)}`,
    ...heldLines(record, timeZone, paint),
    ...(shown.length === 0
      ? []
      : [`  ${paint('dim', shown.map(([key, value]) => `${line(key)}=${line(value)}`).join(', '))}`]),
  ];
}

function lastText(record: ListedGroup['record'], timeZone: string): string {
  if (record === null) return 'its record in the ledger could not be read';
  return record.last === null ? 'no strike yet' : `last strike ${momentText(record.last.at, timeZone)}`;
}

/** What exempts it. */
function heldLines(record: ListedGroup['record'], timeZone: string, paint: Paint): Section {
  const { leash = null, veto = null } = record ?? {};
  const heldText = (
    what: string,
    when: string,
    { by, reason }: { readonly by: string; readonly reason: string },
  ) => `  ${paint(['bold', 'cyan'], what)} ${when} by ${line(by)}: ${oneLine(reason, maxReason)}`;
  return [
    ...(leash === null ? [] : [heldText('LEASHED', `since ${momentText(leash.at, timeZone)}`, leash)]),
    ...(veto === null ? [] : [heldText('VETOED', `until ${momentText(veto.until, timeZone)}`, veto)]),
  ];
}

function rateText(rate: ListedRate): string {
  switch (rate.mode) {
    case 'none':
      return `spared: ${line(rate.why)}`;
    case 'mean-days':
      return `every ${rate.meanDays} work days on average, at least ${rate.minDays} apart`;
    case 'probability':
      return rate.probability === 0
        ? 'never struck: its probability is 0'
        : `${twoDigits(rate.probability)} in each slot, ${twoDigits(rate.perDay)} a work day`;
  }
}

/** Two significant digits: `0.17`, `1.2`, `0.0029`. */
function twoDigits(number: number): string {
  return String(Number(number.toPrecision(2)));
}

function missingSection(count: number): Section {
  return count > 0
    ? [`and ${counted(count, 'more group')}: to list one account: ./chaos groups --only-account ID`]
    : [];
}

function noneSection({ key, value }: OptIn): Section {
  return [
    `A group opts in with the tag ${key}=${value} on the group and on each of its instances:`,
    `  aws autoscaling create-or-update-tags --tags ResourceId=GROUP,ResourceType=auto-scaling-group,Key=${key},Value=${value},PropagateAtLaunch=true`,
    `  aws ec2 create-tags --tags Key=${key},Value=${value} --resources INSTANCE_ID ...`,
  ];
}
