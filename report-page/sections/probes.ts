import { findingsOf, stateWords, troubleText } from '#core/experiment/wording/probe-words.ts';
import type { ExperimentReport, ProbeResult } from '#core/reports/experiment-report.ts';
import { bounds } from '../bounds.ts';
import { chart, shapes } from '../chart/chart.ts';
import { timeAxisOf } from '../chart/time-axis.ts';
import type { Clock } from '../clock.ts';
import { icon } from '../icons.ts';
import { type Content, html, type Markup } from '../markup.ts';
import { leftOut, table } from '../table.ts';
import { probeData } from './probe-data.ts';

/** All probes at a glance, with what would have been noticed, and then each over time. */
export function probesSection(report: ExperimentReport, clock: Clock): Content {
  const probes = report.probes.slice(0, bounds.probes);
  if (probes.length === 0) return undefined;
  const charts = { report, axis: timeAxisOf(report) };
  return html`<section aria-labelledby="probes">
    <h2 id="probes">What was measured</h2>
    ${overview(probes)}
    <p class="soft">“Seen under the fault”: of all samples, also those after the verdict was known. “Would notice”: the smallest constant share of bad samples that would have been noticed with a probability of 95 %. “Share below”: with 95 % confidence. ${report.promise}</p>
    ${shapes(charts, clock)}
    ${legend}
    ${probes.map(
      (probe, index) => html`<figure id="probe-${index + 1}" class="probe">
        <figcaption><h3><bdi>${probe.name}</bdi> ${state(probe)}</h3><p class="what">${probe.what}</p>${trouble(probe)}</figcaption>
        ${chart(charts, probe, `probe-${index + 1}`)}
        ${probeData(probe, report, clock)}
      </figure>`,
    )}
    ${leftOut(report.probes.length, probes.length, 'probes are')}
  </section>`;
}

function overview(probes: readonly ProbeResult[]): Markup {
  return table(
    'All probes, and what they found',
    [
      'Probe',
      'Result',
      'Allowed',
      'Seen under the fault',
      'Would notice',
      'Share below',
      'Detected after',
      'Recovered after',
    ],
    probes.map((probe, index) => {
      const { allowed, seen, notices, below, detected, recovered } = findingsOf(probe);
      return [
        { content: html`<a href="#probe-${index + 1}"><bdi>${probe.name}</bdi></a>` },
        { content: state(probe) },
        ...[allowed, seen, notices, below, detected, recovered].map((content) => ({
          content,
          isNumber: true,
        })),
      ];
    }),
  );
}

function state(probe: ProbeResult): Markup {
  const { word, tone } = stateWords(probe);
  return html`<span class="state ${tone}">${icon(tone)}${word}</span>`;
}

function trouble(probe: ProbeResult): Content {
  const text = troubleText(probe);
  return text === '' ? undefined : html`<p>${text}</p>`;
}

const legend = html`<ul class="legend" aria-label="Legend">
  ${[
    [
      html`<rect class="band" y="2" width="28" height="10"/><path class="median" d="M0 7h28"/>`,
      'least to largest value, and median',
    ],
    [html`<use href="#bad" x="14" y="7"/>`, 'bad sample'],
    [html`<use href="#no-answer" x="14" y="7"/>`, 'bad, without a value'],
    [html`<path class="unmeasured" d="M0 2h28v10h-28z"/>`, 'unmeasured'],
    [html`<path class="bound" d="M0 7h28"/>`, 'limit'],
    [
      html`<rect class="shade" width="28" height="14"/><rect class="ribbon fault" width="28" height="5"/><rect fill="url(#hatch)" width="28" height="5"/>`,
      'fault in effect',
    ],
    [
      html`<rect class="shade injecting" width="28" height="14"/><rect class="ribbon fault" width="28" height="5"/>`,
      'being injected or undone',
    ],
  ].map(
    ([shape, text]) =>
      html`<li><svg viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">${shape}</svg> ${text}</li>`,
  )}
  <li><span class="number-sign" aria-hidden="true">3</span> event 3 of the <a href="#timeline">timeline</a></li>
</ul>`;
