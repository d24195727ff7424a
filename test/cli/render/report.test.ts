import { describe, expect, test } from 'vitest';
import { outcomeText, reportText } from '#cli/render/report.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import {
  aBroken,
  aDecision,
  aFailure,
  aGone,
  aRecovered,
  aReport,
  aStrike,
  aVerification,
} from '../../support/a-report.ts';
import { aTarget } from '../../support/a-target.ts';

const plain = (_styles: unknown, text: string) => text;
const marked = (styles: string | string[], text: string) => `<${[styles].flat().join(' ')}>${text}</>`;
const rendered = (report: RunReport) => reportText(report, plain, 'Europe/Berlin');
const many = <Item>(length: number, item: (index: number) => Item) =>
  Array.from({ length }, (_, index) => item(index));

describe('reportText', () => {
  test.each([
    [' LIVE  Chaos monkey struck nothing', aReport()],
    [' LEASHED  Chaos monkey would have struck nothing', aReport({ mode: 'leashed' })],
    [' VERIFY  Chaos monkey verified earlier strikes', aVerification()],
  ])('begins with what it is a report of: %s', (first, report) => {
    expect(rendered(report).split('\n')[0]).toBe(first);
  });

  test('highlights what matters, and dims the rest', () => {
    const gates = ['stop', 'schedule'].map((gate, index) => ({ gate, open: index === 0, text: 'text' }));
    const report = aReport({
      ...{ gates, leashedBecause: 'reason', groupsNotFound: ['wbe'] },
      recoveries: [aBroken(), aRecovered(), aGone()],
      strikes: (['succeeded', 'leashed', 'unknown'] as const).map((outcome) => aStrike({ outcome })),
      decisions: [aDecision()],
    });
    const colored = reportText(report, marked, 'UTC').match(/<[a-z].*?>[\w ]{0,14}/g);
    expect(colored).toEqual([
      '<bold inverse red> LIVE ',
      '<bold>Chaos monkey s',
      '<bold yellow>A live run wou',
      '<bold red>Not found',
      '<bold inverse red>NOT RECOVERED',
      '<bold red>Struck',
      '<bold cyan>Would have str',
      '<bold yellow>Not known whet',
      '<bold green>Recovered',
      '<bold>Gone since the',
      '<bold yellow>Spared',
      '<bold yellow>not',
      '<bold>The group is l',
      '<bold>Surveyed 3 gro',
      '<dim>Open gates',
      '<dim>Run 20261123T0',
    ]);
    expect(reportText(aReport({ mode: 'leashed' }), marked, 'UTC')).toMatch(/^<bold inverse cyan> LEASHED </);
    expect(reportText(aVerification(), marked, 'UTC')).toMatch(/^<bold inverse> VERIFY </);
  });

  test('lists every strike and every recovery, but not every group that was spared or every failure', () => {
    const text = rendered(
      aReport({
        strikes: many(300, (index) => aStrike({ target: aTarget({ id: `i-${index}` }) })),
        recoveries: many(300, (index) => aRecovered({ group: `back-${index}` })),
        failures: many(300, (index) => aFailure({ account: `failed-${index}` })),
        decisions: many(1_500, (index) => aDecision({ group: `spared-${index}` })),
        counts: { spared: { 'not-drawn': 1_500 } },
      }),
    );
    const count = (names: RegExp) => text.match(names)?.length;
    expect([count(/^ {2}i-\d/gm), count(/^ {2}back-/gm)]).toEqual([300, 300]);
    expect([count(/^ {4}failed-/gm), count(/^ {4}spared-/gm)]).toEqual([200, 200]);
    expect(text).toContain('\n    and 100 more; --json prints all there are\n');
    expect(text).toContain('\n    and 1,300 more; --json prints all there are\n');
  });

  test('lets nothing from outside control the terminal', () => {
    const evil = 'web\u001b[2J\u001b]0;pwned\u0007\nLIVE';
    const evilTarget = aTarget({ id: evil, facts: { zone: evil } });
    const text = rendered(
      aReport({
        ...{ groupsNotFound: [evil], leashedBecause: evil, runId: evil, slot: evil },
        gates: [true, false].map((open) => ({ gate: evil, open, text: evil })),
        strikes: [aStrike({ group: evil, target: evilTarget, detail: evil })],
        recoveries: [
          aBroken({ group: evil }),
          aRecovered({ group: evil, target: evilTarget, recovery: { text: evil } }),
          aGone({ group: evil }),
        ],
        failures: [aFailure({ code: evil, message: evil, account: evil })],
        decisions: [aDecision({ group: evil, reason: { code: 'not-drawn', text: evil } })],
      }),
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text).not.toMatch(/^LIVE/m);
  });
});

test('outcomeText only counts the groups that were spared', () => {
  const report = aReport({ strikes: [aStrike()], failures: [aFailure()], decisions: [aDecision()] });
  const [whole, brief] = [rendered(report), outcomeText(report, plain, 'Europe/Berlin')].map((text) =>
    text.split('\n\n'),
  );
  const isSpared = (section: string) => section.startsWith('Spared: ');
  expect(brief?.filter(isSpared)).toEqual(['Spared: 3 groups\n  not-drawn 2, too-few-healthy 1']);
  expect(brief?.filter((section) => !isSpared(section))).toEqual(whole?.filter((one) => !isSpared(one)));
});
