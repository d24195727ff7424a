import type { ExperimentEvent, ExperimentReport } from '#core/reports/experiment-report.ts';
import { bounds } from '../bounds.ts';
import { type Clock, dayIn, epochOf, inClock } from '../clock.ts';
import { brief, type Content, html, type Markup } from '../markup.ts';
import { leftOut } from '../table.ts';

/** What happened, numbered as in the charts, in both zones. */
export function timelineSection({ events, startedAt }: ExperimentReport, clock: Clock): Content {
  if (events.length === 0) return undefined;
  const shown = events.slice(0, bounds.events);
  const isUtc = clock.timeZone === 'UTC';
  const begun = epochOf(startedAt);
  const day = begun === undefined ? undefined : html`Day of the start: ${dayIn(begun, clock.timeZone)}. `;
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">Timeline</h2>
    <p class="soft">${day}${isUtc ? 'Times are UTC.' : `Times are those of ${clock.timeZone}, and UTC beside them.`}</p>
    <table class="timeline">
      <caption class="unseen">Events</caption>
      <thead class="unseen"><tr>
        <th scope="col">Number</th>
        <th scope="col">${clock.timeZone}</th>
        ${isUtc ? undefined : html`<th scope="col">UTC</th>`}
        <th scope="col">Event</th>
      </tr></thead>
      <tbody>${shown.map((event, index) => row(event, index + 1, clock))}</tbody>
    </table>
    ${leftOut(events.length, shown.length, 'events are')}
  </section>`;
}

function row({ at, is, text }: ExperimentEvent, number: number, clock: Clock): Markup {
  const epoch = epochOf(at);
  const said = (say: Clock['local']) => (epoch === undefined ? '–' : say(epoch, { seconds: true }));
  return html`<tr class="is-${is}">
    <td><span class="number-sign">${number}</span></td>
    <td class="time"><time datetime="${at}">${said(clock.local)}</time></td>
    ${clock.timeZone === 'UTC' ? undefined : html`<td class="time soft">${said(clock.utc)}</td>`}
    <td class="text"><span class="event-kind">${is}</span> ${brief(inClock(text, clock))}</td>
  </tr>`;
}
