import { faultText } from '#core/model/fault-text.ts';
import type { ExperimentReport, StruckTarget } from '#core/reports/experiment-report.ts';
import { bounds } from '../bounds.ts';
import { type Clock, epochOf, inClock } from '../clock.ts';
import { brief, type Content, html, type Markup } from '../markup.ts';
import { leftOut, table } from '../table.ts';

const outcomes: Readonly<Record<StruckTarget['outcome'], string>> = {
  succeeded: 'struck',
  failed: 'failed',
  unknown: 'not known whether struck',
  spared: 'spared',
  rehearsed: 'rehearsed only',
};

/** Targets, what was done to them, and whether it is undone. */
export function strikesSection({ strikes, stages }: ExperimentReport, clock: Clock): Content {
  if (strikes.length === 0) return undefined;
  const shown = strikes.slice(0, bounds.strikes);
  return html`<section aria-labelledby="strikes"><h2 id="strikes">What was struck</h2>${table(
    'Targets, and what was done to them',
    ['Target', 'Fault', 'Step', 'Outcome', 'In effect'],
    shown.map((strike) => [
      {
        content: html`<strong><bdi>${brief(strike.target.id)}</bdi></strong><span class="soft below">${brief(strike.group)}</span>`,
      },
      { content: brief(faultText(strike.fault)) },
      {
        content: html`<bdi>${brief(strike.step)}</bdi>${stages.planned > 1 ? `, stage ${strike.stage}` : ''}`,
      },
      {
        content: html`${outcomes[strike.outcome]}<span class="soft below">${brief(inClock(strike.detail, clock))}</span>`,
      },
      { content: inEffect(strike, clock) },
    ]),
  )}${leftOut(strikes.length, shown.length, 'targets are')}</section>`;
}

function inEffect({ from, to, byHand }: StruckTarget, clock: Clock): Content {
  const [begun, ended] = [epochOf(from), epochOf(to)];
  if (begun === undefined) return '–';
  const span = (say: Clock['local']) =>
    ended === undefined
      ? `from ${say(begun, { seconds: true })}`
      : `${say(begun, { seconds: true })} to ${say(ended, { seconds: true })}`;
  const utc: Markup | undefined =
    clock.timeZone === 'UTC' ? undefined : html`<span class="soft below">${span(clock.utc)} UTC</span>`;
  const open = byHand.length === 0 ? undefined : html`<a class="state bad" href="#next">not undone</a>`;
  return [html`<span class="nowrap">${span(clock.local)}</span>`, utc, open];
}
