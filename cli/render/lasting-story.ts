import { clockText } from '#core/messages/plan-text.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { counted } from '#core/util/format.ts';

/** A request to a function, and how long it took. */
export interface TimedRequest {
  /** Epoch ms. */
  readonly at: number;
  readonly ms: number;
}

/** What became of a function that was slowed down while nobody was there to undo it. */
export interface LastingStory {
  readonly report: RunReport;
  /** How long it takes by itself. */
  readonly before: TimedRequest;
  readonly after: readonly TimedRequest[];
  /** What its parameter says in the end. */
  readonly left: string;
  readonly mail: { readonly subject: string | undefined; readonly body: string } | undefined;
}

export function lastingStoryText({ report, before, after, left }: LastingStory, timeZone: string): string {
  const struckAt = secondsText(Date.parse(report.startedAt), timeZone).padEnd(20);
  return [
    'The function orders has the failure layer. Its code runs here, around a real handler.',
    '',
    ...requestLines([before], timeZone),
    ...report.strikes.map(({ fault, outcome }) => `  ${struckAt}  ${fault.name}: ${outcome}`),
    ...requestLines(after, timeZone),
    '',
    'chaos_janitor was dead all the time, and nobody has undone anything. The parameter still says:',
    ...Object.entries(JSON.parse(left)).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
    'The layer goes by expiresAt. It reads its parameter once a minute, so the fault began that late.',
  ].join('\n');
}

/** Requests as lines, those that took as long as the one before together with it. */
export function requestLines(requests: readonly TimedRequest[], timeZone: string): readonly string[] {
  const alike: TimedRequest[][] = [];
  for (const request of requests) {
    const last = alike.at(-1);
    if (last?.[0]?.ms === request.ms) last.push(request);
    else alike.push([request]);
  }
  return alike.flatMap((same) => {
    const [first, last] = [same[0], same.at(-1)];
    if (first === undefined || last === undefined) return [];
    const times = first === last ? [first] : [first, last];
    const span = times.map(({ at }) => secondsText(at, timeZone)).join(' to ');
    const each = same.length === 1 ? '' : ' each';
    const took = `${first.ms.toLocaleString('en-US')} ms${each}`;
    return [`  ${span.padEnd(20)}  ${counted(same.length, 'request').padEnd(11)}  ${took}`];
  });
}

/** `09:00:30` */
export function secondsText(at: number, timeZone: string): string {
  const moment = new Date(at).toISOString();
  return `${clockText(moment, timeZone)}:${moment.slice(17, 19)}`;
}
