import type { ExperimentReport, ProbeResult } from '../reports/experiment-report.ts';
import { oneLine } from '../util/format.ts';
import { oddsText } from './wording/numbers.ts';
import { findingsOf, findingText } from './wording/probe-words.ts';
import { verdictWords } from './wording/verdict-words.ts';

/** A text may be an error with a whole answer in it. */
const maxText = 1_000;

type Ending =
  | { readonly as: 'passed' }
  | { readonly as: 'failure' | 'error' | 'skipped'; readonly message: string; readonly type?: string };

interface TestCase {
  readonly name: string;
  readonly seconds?: number;
  readonly ending: Ending;
  readonly out: string;
}

/**
 * A report as JUnit XML, for the page of a build. Only *survived* is green, as with exit codes: where the question was not answered,
 * `experiment` is an error, and the probes count as skipped instead of passed.
 */
export function junitXml(report: ExperimentReport): string {
  const cases = casesOf(report);
  const count = (as: Ending['as']) => cases.filter(({ ending }) => ending.as === as).length;
  const totals = attributes({
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: secondsOf(report),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="chaos experiment"${totals}>`,
    `  <testsuite${attributes({ name: report.title, timestamp: report.startedAt.replace(/\.\d+Z$/, 'Z') })}${totals}>`,
    '    <properties>',
    ...propertiesOf(report).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
    ...cases.flatMap((one) => caseLines(one, report.title)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function casesOf(report: ExperimentReport): readonly TestCase[] {
  const { verdict, probes, hypothesis } = report;
  const judged = probes.filter(({ tolerance }) => tolerance !== undefined);
  const isAnswered = verdict.is === 'survived' || judged.some(({ is }) => is === 'deviated');
  return [
    {
      name: 'experiment',
      seconds: secondsOf(report),
      ending:
        verdict.is === 'survived' || (verdict.is === 'deviated' && isAnswered)
          ? { as: 'passed' }
          : {
              as: verdict.is === 'deviated' ? 'failure' : 'error',
              type: verdict.is,
              message: `${verdictWords(verdict).word}: ${verdict.why}`,
            },
      out: [...report.next, ...report.strikes.flatMap(({ byHand }) => byHand)].join('\n'),
    },
    ...judged.map((probe) => ({
      name: `${probe.name}: ${hypothesis.then}`,
      ending: endingOf(probe, report),
      out: `${probe.what}\nallowed: ${findingsOf(probe).allowed}\n${findingText(probe)}`,
    })),
  ];
}

function endingOf(probe: ProbeResult, { verdict }: ExperimentReport): Ending {
  if (probe.is === 'deviated') {
    const odds = verdict.probe === probe.name ? verdict.evidence?.reached : undefined;
    const against = odds === undefined ? '' : ` Odds against chance: ${oddsText(odds)}.`;
    return { as: 'failure', type: 'deviated', message: `${findingText(probe)}${against}` };
  }
  const isJudged = probe.is === 'within' && (verdict.is === 'survived' || verdict.is === 'deviated');
  return isJudged
    ? { as: 'passed' }
    : { as: 'skipped', message: `not answered: ${verdict.is}, ${verdict.why}` };
}

function propertiesOf(report: ExperimentReport): readonly (readonly [string, string | number])[] {
  const { id, owner, trigger, startedBy, fileHash, verdict, stages, falseAlarms } = report;
  return [
    ...Object.entries({ id, owner, trigger, startedBy, fileHash, falseAlarms }),
    ...Object.entries({ verdict: verdict.is, why: verdict.why, at: verdict.at }),
    ['rehearsal', String(report.rehearsal)],
    ['stages', `${stages.reached} of ${stages.planned}`],
    // A builder may take no property without a value.
    ...report.tags.flatMap((tag) => (oneLine(tag, maxText) === '' ? [] : [['tag', tag] as const])),
  ];
}

function caseLines({ name, seconds, ending, out }: TestCase, classname: string): readonly string[] {
  const time = seconds === undefined ? {} : { time: seconds };
  return [
    `    <testcase${attributes({ classname, name, ...time })}>`,
    ...(ending.as === 'passed' ? [] : [endingLine(ending)]),
    ...(out === '' ? [] : [`      <system-out>${escaped(out)}</system-out>`]),
    '    </testcase>',
  ];
}

function endingLine({ as, message, type }: Exclude<Ending, { as: 'passed' }>): string {
  return `      <${as}${attributes({ message, ...(type !== undefined && { type }) })}/>`;
}

function secondsOf({ startedAt, endedAt }: ExperimentReport): number {
  return Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(oneLine(String(value), maxText))}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no way to write most control characters, nor halves of surrogate pairs, nor U+FFFE and U+FFFF. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cf}\uFFFE\uFFFF]|(?![\n\t])\p{Cc}/gu, ' ')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');
}
