import { compareStrings } from './compare-strings.ts';

/** AWS names have at most 255 characters, our own details and errors 400: longer texts come from elsewhere. */
export const maxText = 400;

/** The longest reason that a person may give, in characters. */
export const maxReason = 500;

/** `1 group`, `2,000 groups`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `39,000`. */
export function grouped(count: number): string {
  // Locale formatting takes a microsecond, and guards format numbers for every group.
  return count < 1_000 ? String(count) : count.toLocaleString('en-US');
}

/** Text from outside on one line, without control characters, and truncated: an AWS error can be a page long. */
export function oneLine(text: string, maxLength: number): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  if (line.length <= maxLength) return line;
  // Whole characters: half a surrogate pair is not text.
  return `${line.slice(0, maxLength - 3).replace(/[\uD800-\uDBFF]$/, '')}...`;
}

/** Whole seconds, in the two largest units there are: `45 s`, `3 min 12 s`, `1 h 3 min`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts =
    seconds < 3600
      ? [
          [Math.floor(seconds / 60), 'min'],
          [seconds % 60, 's'],
        ]
      : [
          [Math.floor(seconds / 3600), 'h'],
          [Math.floor((seconds % 3600) / 60), 'min'],
        ];
  const shown = parts.filter(([count]) => count !== 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.length === 0 ? '0 s' : shown.join(' ');
}

/** The most frequent first: `not-drawn 30, too-few-healthy 5`. */
export function tally(counts: Iterable<readonly [string, number]>): string {
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || compareStrings(a, b))
    .map(([name, count]) => `${name} ${grouped(count)}`)
    .join(', ');
}
