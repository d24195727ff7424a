import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { bounds } from '../bounds.ts';
import { bothZones, type Clock } from '../clock.ts';
import { brief, type Content, html, paragraphs } from '../markup.ts';
import { leftOut } from '../table.ts';

/** What people have written down about it. */
export function notesSection({ notes }: ExperimentReport, clock: Clock): Content {
  if (notes.length === 0) return undefined;
  // The newest are those that say what was learned.
  const shown = notes.slice(-bounds.notes);
  return html`<section aria-labelledby="notes"><h2 id="notes">Notes</h2>${shown.map(
    ({ at, by, text }) =>
      html`<article class="note">${paragraphs(text, bounds.noteLength)}<footer><bdi>${by}</bdi>, ${bothZones(at, clock)}</footer></article>`,
  )}${leftOut(notes.length, shown.length, 'notes are')}</section>`;
}

/** What could not be done. */
export function failuresSection({ failures }: ExperimentReport): Content {
  if (failures.length === 0) return undefined;
  const shown = failures.slice(0, bounds.failures);
  return html`<section aria-labelledby="failures"><h2 id="failures">Failures</h2><ul class="failures">${shown.map(
    ({ stage, code, message, group, account, region }) =>
      html`<li><strong>${stage}: ${code}</strong> <span class="soft">${group ?? [account, region].filter((part) => part !== undefined).join(', ')}</span><p>${message}</p></li>`,
  )}</ul>${leftOut(failures.length, shown.length, 'failures are')}</section>`;
}

/** How to find the run and its file again. */
export function aboutSection({ id, fileHash, tags, endedAt }: ExperimentReport, clock: Clock): Content {
  const named = tags.filter((tag) => brief(tag) !== '');
  return html`<footer class="about"><p>Run <code>${id}</code>, ended ${bothZones(endedAt, clock)}. File SHA-256 <code>${fileHash}</code>.${
    named.length === 0
      ? undefined
      : html` Tags: ${named.slice(0, bounds.tags).map((tag) => html`<code class="tag">${tag}</code> `)}`
  }</p><p>All numbers: <code>./chaos experiment report ${id} --format json</code></p></footer>`;
}
