import { durationText, grouped } from '../../util/format.ts';

/** `0.3 %`, `5 %`, `51 %`: two digits that count, and never a false `0 %` or `100 %`. */
export function shareText(share: number): string {
  const percent = Math.min(1, Math.max(0, share)) * 100;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent > 99 && percent < 100) return `${(Math.floor(percent * 100) / 100).toString()} %`;
  return `${Number(percent.toPrecision(percent < 10 ? 2 : 3)).toString()} %`;
}

/** A measured value with its unit: `155 ms`, `2.1 s`, `1,200 messages`. */
export function valueText(value: number, unit?: string): string {
  if (unit === 'ms' && Math.abs(value) >= 1_000) return `${threeDigits(value / 1_000)} s`;
  return unit === undefined ? threeDigits(value) : `${threeDigits(value)} ${unit}`;
}

/** Units short enough to stand beside every value in an axis or a column; others are said once. */
export function isShort(unit: string | undefined): boolean {
  return unit !== undefined && ['ms', 's', '%'].includes(unit);
}

/** How long something took, with tenths where they count: `0.9 s`, `11.9 s`, `2 min 5 s`. */
export function tookText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${Number((ms / 1_000).toFixed(1))} s` : durationText(ms);
}

/** The time of day of epoch ms: `09:16:39 UTC`. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)} UTC`;
}

/** Evidence as people say it: `3,140,000 to 1`. Beyond a billion nobody reads the digits. */
export function oddsText(odds: number): string {
  if (odds > 1e9) return 'more than 1,000,000,000 to 1';
  return `${grouped(Number(odds.toPrecision(3)))} to 1`;
}

/** `4 of 1,500 (0.27 %)`. */
export function partText(part: number, whole: number, of = 'of'): string {
  return `${grouped(part)} ${of} ${grouped(whole)}${whole === 0 ? '' : ` (${shareText(part / whole)})`}`;
}

function threeDigits(value: number): string {
  const rounded = Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US', { maximumSignificantDigits: 15 });
}
