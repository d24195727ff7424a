import { oddsText } from '#core/experiment/wording/numbers.ts';
import { meaningOf, verdictWords } from '#core/experiment/wording/verdict-words.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { durationText } from '#core/util/format.ts';
import { bothZones, type Clock, epochOf, inClock } from '../clock.ts';
import { icon } from '../icons.ts';
import { type Content, html, type Markup } from '../markup.ts';

/** What came out, first of all, and the question it answers. */
export function verdictSection(report: ExperimentReport, clock: Clock): Markup {
  const { verdict, title, hypothesis, rehearsal } = report;
  const { word, tone } = verdictWords(verdict);
  const isSaid = verdict.by === undefined || verdict.by === verdict.why;
  const cause = isSaid ? undefined : html` Cause: <bdi>${verdict.by}</bdi>.`;
  return html`<header>
    <p class="kind">${rehearsal ? 'Rehearsal of a chaos experiment: no fault was injected' : 'Chaos experiment'}</p>
    <h1>${title}</h1>
    <section class="verdict ${tone}" aria-label="Verdict">
      ${icon(tone)}
      <div>
        <h2>${word}</h2>
        <p>${meaningOf(report)}</p>
        <p class="why">${sentence(inClock(verdict.why, clock))} ${evidence(report)}${cause}</p>
      </div>
    </section>
  </header>
  <section class="hypothesis" aria-label="Hypothesis">
    <h2 class="unseen">Hypothesis</h2>
    <dl><dt>If</dt><dd>${hypothesis.if}</dd><dt>then</dt><dd>${hypothesis.then}</dd></dl>
  </section>
  ${facts(report, clock)}`;
}

function evidence({ verdict }: ExperimentReport): Content {
  if (verdict.evidence === undefined) return undefined;
  const { reached, bound } = verdict.evidence;
  return `The odds against chance were ${oddsText(reached)}; ${oddsText(bound)} are enough.`;
}

/** What people ask next: when, how long, how far, by whom. */
function facts(report: ExperimentReport, clock: Clock): Markup {
  const { startedAt, endedAt, stages, strikes, startedBy, trigger, owner, ranWith } = report;
  const [from, to] = [epochOf(startedAt), epochOf(endedAt)];
  const struck = strikes.filter(({ outcome }) => outcome === 'succeeded').length;
  const shown: readonly (readonly [string, Content])[] = [
    ['Started', bothZones(startedAt, clock)],
    ['Took', from === undefined || to === undefined ? '–' : durationText(to - from)],
    ['Stages', `${stages.reached} of ${stages.planned}`],
    [
      'Started by',
      html`<bdi>${startedBy}</bdi>${trigger === startedBy ? undefined : html` <span class="soft">(${trigger})</span>`}`,
    ],
    ...(ranWith === undefined ? [] : [['Ran with', ranWith] as const]),
    ['Owner', html`<bdi>${owner}</bdi>`],
    ['Targets struck', String(struck)],
  ];
  return html`<dl class="facts">${shown.map(([name, content]) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`)}</dl>`;
}

/** With a capital and a period, as reasons are written without. */
function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) || trimmed === '' ? '' : '.'}`;
}
