import { Temporal } from 'temporal-polyfill';
import { dayText } from '#core/messages/plan-text.ts';
import { html, type Markup } from './markup.ts';

/** Says moments in two zones. */
export interface Clock {
  readonly timeZone: string;
  /** `10:00:04` of an epoch ms, in the zone of the report. */
  local(at: number, parts: ClockParts): string;
  utc(at: number, parts: ClockParts): string;
}

export interface ClockParts {
  readonly seconds: boolean;
  /** `Mon 10:00`. */
  readonly weekday?: boolean;
}

/** Clocks do not go further; epoch ms. */
export const lastMoment = 8e15;

/** A zone that this machine does not know is shown as UTC. */
export function clockIn(timeZone: string): Clock {
  const known = isKnown(timeZone) ? timeZone : 'UTC';
  return {
    timeZone: known,
    local: (at, parts) => textOf(zoned(at, known), parts),
    utc: (at, parts) => textOf(zoned(at, 'UTC'), parts),
  };
}

/** A moment of a report as epoch ms; undefined if it is none. */
export function epochOf(moment: string | undefined): number | undefined {
  const at = Date.parse(moment ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** A moment in both zones, with its day: `Mon 2026-11-23 10:00:04 Europe/Berlin · 09:00:04 UTC`. */
export function bothZones(moment: string, clock: Clock): Markup {
  const at = epochOf(moment);
  if (at === undefined) return html`${moment}`;
  const local = `${dayIn(at, clock.timeZone)} ${clock.local(at, { seconds: true })}`;
  if (clock.timeZone === 'UTC') return html`<time datetime="${moment}">${local} UTC</time>`;
  // Only another day than the local one is worth a second date.
  const utcDay = dayIn(at, 'UTC') === dayIn(at, clock.timeZone) ? undefined : html`${dayIn(at, 'UTC')} `;
  return html`<time datetime="${moment}"><span class="nowrap">${local}</span> <span class="soft">${clock.timeZone} · <span class="nowrap">${utcDay}${clock.utc(at, { seconds: true })} UTC</span></span></time>`;
}

/** A text with its moments as the page says them, in the zone of the report: `Mon 2026-11-23 10:00:04`. */
export function inClock(text: string, { timeZone, local }: Clock): string {
  return text.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z\b/g, (moment) => {
    const at = epochOf(moment);
    return at === undefined ? moment : `${dayIn(at, timeZone)} ${local(at, { seconds: true })}`;
  });
}

/** `Mon 2026-11-23`. */
export function dayIn(at: number, timeZone: string): string {
  return dayText(zoned(at, timeZone).toPlainDate().toString());
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  const known = Math.max(-lastMoment, Math.min(lastMoment, Math.round(at)));
  return Temporal.Instant.fromEpochMilliseconds(known).toZonedDateTimeISO(timeZone);
}

function textOf(moment: Temporal.ZonedDateTime, { seconds, weekday }: ClockParts): string {
  const time = moment.toPlainTime().toString({ smallestUnit: seconds ? 'second' : 'minute' });
  return weekday === true ? `${dayText(moment.toPlainDate().toString()).slice(0, 3)} ${time}` : time;
}

function isKnown(timeZone: string): boolean {
  try {
    zoned(0, timeZone);
    return true;
  } catch {
    return false;
  }
}
